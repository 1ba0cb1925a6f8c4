import { inputKeys } from './input-keys.ts';
import type { KeyPlace, KeySpec } from './key-spec.ts';
import {
  approvalKeys,
  concurrencyKeys,
  defaultsKeys,
  httpKeys,
  retryKeys,
  strategyKeys,
} from './section-keys.ts';
import { taskKeys } from './task-keys.ts';
import { workflowKeys } from './workflow-keys.ts';

/** All keys of the language, by the map they stand in. Whatever knows a key knows it from here. */
export const keyTable: Readonly<Record<KeyPlace, ReadonlyMap<string, KeySpec>>> = {
  workflow: byKey(workflowKeys),
  input: byKey(inputKeys),
  concurrency: byKey(concurrencyKeys),
  defaults: byKey(defaultsKeys),
  task: byKey(taskKeys),
  retry: byKey(retryKeys),
  strategy: byKey(strategyKeys),
  approval: byKey(approvalKeys),
  http: byKey(httpKeys),
};

function byKey(specs: readonly KeySpec[]): ReadonlyMap<string, KeySpec> {
  return new Map(specs.map((spec) => [spec.key, spec]));
}

import type { RetrySpec } from '../../../model/workflow.ts';
import { scalarsOf } from '../workflow-source.ts';
import { valueOf, type YamlNode } from '../yaml/yaml-node.ts';
import { readBoolean, readDuration, readNumber, readText } from './read-value.ts';

const defaultDelayMs = 1000;
const defaultMaxDelayMs = 60_000;

/** No extra attempts. */
export const noRetry: RetrySpec = {
  max: 0,
  delayMs: defaultDelayMs,
  backoff: 'exponential',
  factor: 2,
  maxDelayMs: defaultMaxDelayMs,
  jitter: false,
  on: null,
};

/** `retry` in its long form from either; null where there is none. */
export function buildRetry(node: YamlNode | undefined): RetrySpec | null {
  if (node === undefined || (node.kind === 'scalar' && typeof node.value !== 'number')) return null;
  if (node.kind === 'scalar') return { ...noRetry, max: Number(node.value) };
  const delayMs = readDuration(node, 'delay') ?? defaultDelayMs;
  const on = scalarsOf(valueOf(node, 'on')).map((item) => {
    return typeof item.value === 'number' ? item.value : item.text;
  });
  return {
    max: readNumber(node, 'max') ?? 0,
    delayMs,
    backoff: readText(node, 'backoff') === 'constant' ? 'constant' : 'exponential',
    factor: readNumber(node, 'factor') ?? 2,
    // A longer first wait than the usual longest one is meant.
    maxDelayMs: readDuration(node, 'max-delay') ?? Math.max(defaultMaxDelayMs, delayMs),
    jitter: readBoolean(node, 'jitter') ?? false,
    on: on.length === 0 ? null : on,
  };
}

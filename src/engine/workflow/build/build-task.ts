import type { MatrixSpec, TaskSpec } from '../../../model/workflow.ts';
import { readCondition } from '../../expressions/parse-template.ts';
import type { ExpandedMatrix } from '../expand-matrix.ts';
import type { TaskSource } from '../workflow-source.ts';
import { valueOf, type YamlNode } from '../yaml/yaml-node.ts';
import { buildAction } from './build-action.ts';
import { buildRetry, noRetry } from './build-retry.ts';
import { readBoolean, readDuration, readNumber, readText, readTexts } from './read-value.ts';

/** A task in its long form, with the defaults of the file applied. */
export function buildTask(
  task: TaskSource,
  defaults: YamlNode | undefined,
  expanded: ExpandedMatrix | undefined,
): TaskSpec {
  const map = task.map ?? undefined;
  const action = buildAction(task, defaults);
  // A question waits as long as it says itself: defaults are about work.
  const base = action.kind === 'approval' ? undefined : defaults;
  const ownTimeoutMs = action.kind === 'approval' ? action.timeoutMs : readDuration(map, 'timeout');
  return {
    id: task.id,
    name: readText(map, 'name'),
    needs: task.needs.map((need) => need.id),
    isFinally: task.isFinally,
    condition: buildCondition(readText(map, 'if')),
    action,
    env: readTexts(map, 'env'),
    workingDirectory:
      action.kind === 'run'
        ? (readText(map, 'working-directory') ?? readText(defaults, 'working-directory'))
        : null,
    timeoutMs: ownTimeoutMs ?? readDuration(base, 'timeout'),
    retry:
      buildRetry(valueOf(map, 'retry')) ??
      (base === undefined ? null : buildRetry(valueOf(base, 'retry'))) ??
      noRetry,
    continueOnError: readBoolean(map, 'continue-on-error') ?? false,
    stuckAfterMs: readDuration(map, 'stuck-after') ?? readDuration(base, 'stuck-after'),
    matrix: expanded === undefined ? null : buildMatrix(valueOf(map, 'strategy'), expanded),
    idempotent: readBoolean(map, 'idempotent') ?? false,
  };
}

function buildCondition(text: string | null): string | null {
  if (text === null) return null;
  return (readCondition(text)?.source ?? text).trim();
}

function buildMatrix(strategy: YamlNode | undefined, expanded: ExpandedMatrix): MatrixSpec {
  return {
    combinations: expanded.combinations,
    maxParallel: readNumber(strategy, 'max-parallel'),
    failFast: readBoolean(strategy, 'fail-fast') ?? true,
  };
}

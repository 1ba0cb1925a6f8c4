import type { ConcurrencySpec, Workflow } from '../../../model/workflow.ts';
import type { ExpandedMatrix } from '../expand-matrix.ts';
import { scalarsOf, type WorkflowSource } from '../workflow-source.ts';
import { valueOf, type YamlNode } from '../yaml/yaml-node.ts';
import { buildInput } from './build-inputs.ts';
import { buildTask } from './build-task.ts';
import { readBoolean, readDuration, readNumber, readText, readTexts } from './read-value.ts';

/** The workflow of a file without errors: long forms only, defaults applied. */
export function buildWorkflow(
  source: WorkflowSource,
  matrices: ReadonlyMap<string, ExpandedMatrix>,
): Workflow {
  const { root, context } = source;
  const defaults = valueOf(root, 'defaults');
  return {
    agent: context.agent,
    path: context.path,
    name: readText(root, 'name') ?? context.agent,
    description: readText(root, 'description'),
    inputs: [...source.inputs.values()].map(buildInput),
    env: readTexts(root, 'env'),
    dotenv: scalarsOf(valueOf(root, 'dotenv')).map((item) => item.text),
    secrets: [...source.secrets],
    timeoutMs: readDuration(root, 'timeout'),
    maxParallel: readNumber(root, 'max-parallel'),
    failFast: readBoolean(root, 'fail-fast') ?? false,
    concurrency: buildConcurrency(valueOf(root, 'concurrency')),
    tasks: source.tasks.map((task) => buildTask(task, defaults, matrices.get(task.id))),
    outputs: readTexts(root, 'outputs'),
  };
}

function buildConcurrency(node: YamlNode | undefined): ConcurrencySpec | null {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return { group: node.text, onConflict: 'queue' };
  const declared = readText(node, 'on-conflict');
  const onConflict = declared === 'cancel' || declared === 'fail' ? declared : 'queue';
  return { group: readText(node, 'group') ?? '', onConflict };
}

import type { Diagnostic, SourceRange } from '../../model/diagnostic.ts';
import { messageOf } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
import { analyzeExpressions } from './analyze-expressions.ts';
import { buildWorkflow } from './build/build-workflow.ts';
import { checkShape } from './check-shape.ts';
import { expandMatrix, type ExpandedMatrix } from './expand-matrix.ts';
import type { ParseContext } from './parse-context.ts';
import { planRename } from './plan-rename.ts';
import { Reporter } from './reporter.ts';
import { allRules } from './rules/all-rules.ts';
import { TaskGraph } from './task-graph.ts';
import { readSource, type WorkflowSource } from './workflow-source.ts';
import { LineIndex } from './yaml/line-index.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { describeNode, type YamlMap } from './yaml/yaml-node.ts';

export type { ParseContext } from './parse-context.ts';

/** A workflow text after reading and checking it. */
export interface ParsedWorkflow {
  /** Null when any diagnostic is an error. */
  readonly workflow: Workflow | null;
  /** Sorted by place; at most 500. */
  readonly diagnostics: readonly Diagnostic[];
  /** Task id to the range of its key; also in a file with errors, as far as it can be read. */
  readonly taskRanges: ReadonlyMap<string, SourceRange>;
}

/** Reads and validates a workflow text. Synchronous, without I/O of its own, never throws. */
export function parseWorkflow(text: string, context: ParseContext): ParsedWorkflow {
  // Editors do not count a byte order mark as a column.
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineIndex(content);
  const reporter = new Reporter(lines);
  const taskRanges = new Map<string, SourceRange>();
  let workflow: Workflow | null = null;
  try {
    workflow = parse(content, context, reporter, (id, start, end) => {
      if (!taskRanges.has(id)) taskRanges.set(id, lines.rangeOf(start, end));
    });
  } catch (error) {
    // A bug of ours must not take the editor or the runner with it.
    reporter.report({ start: 0, end: 0 }, 'internal-error', `cannot check it: ${messageOf(error)}`);
  }
  return { workflow, diagnostics: reporter.finish(), taskRanges };
}

type AddTask = (id: string, start: number, end: number) => void;

function parse(
  text: string,
  context: ParseContext,
  reporter: Reporter,
  addTask: AddTask,
): Workflow | null {
  const { root, problems } = (context.readYaml ?? readYaml)(text);
  const taskMaps = root?.kind === 'map' ? taskMapsOf(root) : [];
  for (const { code, message, start, end, related } of problems) {
    const twin = code === 'duplicate-key' ? related?.[0]?.start : undefined;
    const isTask = taskMaps.some(({ entries }) => entries.some(({ key }) => key.start === twin));
    const isTaken = (id: string): boolean =>
      taskMaps.some(({ entries }) => entries.some(({ key }) => key.text === id));
    const key = { start, end, text: text.slice(start, end).replaceAll(/^["']|["']$/g, '') };
    reporter.report({ start, end }, code, message, {
      ...(related === undefined ? {} : { related }),
      ...(isTask ? { fix: planRename(key, isTaken) } : {}),
    });
  }
  for (const { code, start } of problems) {
    // What else is wrong in a line that is no YAML, or with tasks that could not be read, follows from that.
    if (code.startsWith('yaml-') || code.endsWith('-alias')) reporter.muteLineOf(start);
    reporter.muteCode('no-tasks');
  }
  if (root?.kind !== 'map') {
    const isNothing = root === null || (root.kind === 'scalar' && root.value === null);
    if (isNothing && problems.length > 0) return null;
    const message = isNothing
      ? 'the file is empty; a workflow needs at least `tasks`'
      : `a workflow is a map with \`tasks\`, not ${describeNode(root)}`;
    reporter.report(root ?? { start: 0, end: 0 }, 'not-a-workflow', message);
    return null;
  }
  const shape = checkShape(root, reporter);
  const source = readSource(text, root, shape, context);
  for (const { id, key } of source.tasks) addTask(id, key.start, key.end);
  const matrices = expandAll(source);
  const input = {
    source,
    expressions: analyzeExpressions(shape.templates),
    graph: new TaskGraph(source.tasks),
    matrices,
  };
  for (const rule of allRules) rule.check(input, reporter);
  return reporter.hasErrors ? null : buildWorkflow(source, matrices);
}

/** The maps under `tasks` and `finally`. */
function taskMapsOf(root: YamlMap): readonly YamlMap[] {
  return root.entries.flatMap(({ key, value }) =>
    (key.text === 'tasks' || key.text === 'finally') && value.kind === 'map' ? [value] : [],
  );
}

function expandAll(source: WorkflowSource): ReadonlyMap<string, ExpandedMatrix> {
  const expanded = new Map<string, ExpandedMatrix>();
  // A matrix that many tasks share by an alias is expanded once.
  const known = new Map<YamlMap, ExpandedMatrix>();
  for (const task of source.tasks) {
    if (task.matrix === null) continue;
    const matrix = known.get(task.matrix) ?? expandMatrix(task.matrix, task.matrix);
    known.set(task.matrix, matrix);
    expanded.set(task.id, matrix);
  }
  return expanded;
}

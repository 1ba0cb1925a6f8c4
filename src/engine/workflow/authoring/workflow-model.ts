import { analyzeExpressions, type Expressions } from '../analyze-expressions.ts';
import { checkShape } from '../check-shape.ts';
import type { ParseContext } from '../parse-context.ts';
import { Reporter } from '../reporter.ts';
import { TaskGraph } from '../task-graph.ts';
import { readSource, type TaskSource, type WorkflowSource } from '../workflow-source.ts';
import { LineIndex } from '../yaml/line-index.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlMap } from '../yaml/yaml-node.ts';

/** A workflow text as far as it can be read, with what authors ask about it. */
export class WorkflowModel {
  readonly text: string;
  readonly lines: LineIndex;
  readonly source: WorkflowSource;
  /** True when the text is YAML throughout. */
  readonly isWhole: boolean;
  #expressions: Expressions | null = null;
  #graph: TaskGraph | null = null;

  constructor(text: string, context: ParseContext) {
    this.text = text;
    this.lines = new LineIndex(text);
    const { root, problems } = readYaml(text);
    const map = root?.kind === 'map' ? root : emptyMap;
    // What is wrong is said elsewhere; here only what is there counts.
    const shape = checkShape(map, new Reporter(this.lines));
    this.source = readSource(text, map, shape, context);
    this.isWhole = problems.length === 0;
  }

  /** All expressions that can be parsed. */
  get expressions(): Expressions {
    this.#expressions ??= analyzeExpressions(this.source.shape.templates);
    return this.#expressions;
  }

  get graph(): TaskGraph {
    this.#graph ??= new TaskGraph(this.source.tasks);
    return this.#graph;
  }

  /** The task of an id as expressions find it. */
  findTask(id: string): TaskSource | null {
    const { taskById, taskByFoldedId } = this.source;
    return taskById.get(id) ?? taskByFoldedId.get(id.toLowerCase()) ?? null;
  }
}

/** The model of a text in which the line of the offset may be half typed: without that line where that reads better. */
export function modelAround(text: string, offset: number, context: ParseContext): WorkflowModel {
  const model = new WorkflowModel(text, context);
  if (model.isWhole) return model;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  const masked = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  const without = new WorkflowModel(masked, context);
  const isBetter = without.isWhole || without.source.tasks.length > model.source.tasks.length;
  return isBetter ? without : model;
}

const emptyMap: YamlMap = { kind: 'map', entries: [], isFlow: false, start: 0, end: 0, weight: 1 };

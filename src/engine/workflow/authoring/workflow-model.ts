import { analyzeExpressions, type Expressions } from '../analyze-expressions.ts';
import { checkShape } from '../check-shape.ts';
import type { ParseContext } from '../parse-context.ts';
import { Reporter } from '../reporter.ts';
import { TaskGraph } from '../task-graph.ts';
import { readSource, type TaskSource, type WorkflowSource } from '../workflow-source.ts';
import { LineIndex } from '../yaml/line-index.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlMap } from '../yaml/yaml-node.ts';
import { startOfLine } from './block-lines.ts';

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
    const { root, problems } = (context.readYaml ?? readYaml)(text);
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

/** Reads a text; a caller that asks often gives one that remembers. */
export type ReadModel = (text: string) => WorkflowModel;

/**
 * The model of a text in which the line of the offset is being typed: without that line, so that what is half typed
 * spoils nothing and the text to be read stays the same from key to key. A line that holds whole tasks is kept.
 */
export function modelAround(text: string, offset: number, read: ReadModel): WorkflowModel {
  const start = startOfLine(text, offset);
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  const holdsMaps = text.slice(start, end).replaceAll('${{', '').includes('{');
  const masked = text.slice(0, start) + text.slice(end);
  const [first, second] = holdsMaps ? [text, masked] : [masked, text];
  const model = read(first);
  if (model.isWhole) return model;
  const other = read(second);
  const isBetter = other.isWhole || other.source.tasks.length > model.source.tasks.length;
  return isBetter ? other : model;
}

/** Remembers the models of the last two texts. */
export function rememberModels(read: ReadModel): ReadModel {
  let known: readonly WorkflowModel[] = [];
  return (text) => {
    const model = known.find((one) => one.text === text) ?? read(text);
    known = [model, ...known.filter((one) => one !== model)].slice(0, 2);
    return model;
  };
}

const emptyMap: YamlMap = { kind: 'map', entries: [], isFlow: false, start: 0, end: 0, weight: 1 };

import { idPattern, matrixTaskId } from '../../model/ids.ts';
import type { MatrixValue } from '../../model/workflow.ts';
import type { Span } from './reporter.ts';
import { describeNode, type YamlEntry, type YamlMap, type YamlNode } from './yaml/yaml-node.ts';

/** As on GitHub. */
export const maxCombinations = 256;
/** Before `exclude`: a product beyond this is refused without being built. */
const maxProduct = 100_000;

/** Values of one combination, by name. */
export type Combination = Readonly<Record<string, MatrixValue>>;

/** Something wrong in a matrix. */
export interface MatrixProblem extends Span {
  readonly code: 'bad-matrix' | 'matrix-too-large' | 'bad-id' | 'number-text';
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** A matrix with `include` and `exclude` applied. */
export interface ExpandedMatrix {
  readonly combinations: readonly Combination[];
  /** Every name that some combination has. */
  readonly names: ReadonlySet<string>;
  readonly problems: readonly MatrixProblem[];
}

/**
 * Expands a matrix as GitHub does: the product of all lists in their order, less what matches an `exclude`;
 * an `include` adds its values to every combination whose own values it would not change, or is a combination
 * of its own where there is none. `owner` is the key it is reported at as a whole.
 */
export function expandMatrix(matrix: YamlMap, owner: Span): ExpandedMatrix {
  const problems: MatrixProblem[] = [];
  const lists = new Map<string, readonly MatrixValue[]>();
  const rows: { include: readonly Row[]; exclude: readonly Row[] } = { include: [], exclude: [] };
  for (const entry of matrix.entries) {
    const name = entry.key.text;
    if (name === 'include' || name === 'exclude') rows[name] = readRows(entry, problems);
    else if (checkName(entry, problems)) lists.set(name, readList(entry, problems));
  }
  for (const row of rows.exclude) checkExclude(row, lists, problems);
  const names = new Set(lists.keys());
  for (const row of rows.include) for (const [name] of row.values) names.add(name);
  const size = [...lists.values()].reduce((product, list) => product * list.length, 1);
  if (size > maxProduct) {
    return { combinations: [], names, problems: [...problems, tooLarge(owner, size)] };
  }
  const combinations = include(
    product(lists).filter((combination) => !rows.exclude.some((row) => matches(row, combination))),
    rows.include,
    lists,
  );
  problems.push(...checkSize(combinations, owner, problems.length > 0));
  return { combinations: combinations.map((one) => Object.fromEntries(one)), names, problems };
}

interface Row extends Span {
  readonly values: ReadonlyMap<string, MatrixValue>;
}

type Values = Map<string, MatrixValue>;

function product(lists: ReadonlyMap<string, readonly MatrixValue[]>): Values[] {
  if (lists.size === 0) return [];
  let combinations: Values[] = [new Map<string, MatrixValue>()];
  for (const [name, values] of lists) {
    combinations = combinations.flatMap((one) =>
      values.map((value) => new Map(one).set(name, value)),
    );
  }
  return combinations;
}

function include(
  originals: readonly Values[],
  rows: readonly Row[],
  lists: ReadonlyMap<string, unknown>,
): Values[] {
  const extended = originals.map((one) => new Map(one));
  const added: Values[] = [];
  for (const row of rows) {
    const fitting = originals.flatMap((original, index) =>
      fits(row, original, lists) ? [index] : [],
    );
    for (const index of fitting) {
      for (const [name, value] of row.values) {
        if (!lists.has(name)) extended[index]?.set(name, value);
      }
    }
    if (fitting.length === 0) added.push(new Map(row.values));
  }
  return [...extended, ...added];
}

/** Whether a row leaves the values that the lists gave as they are. */
function fits(row: Row, original: Values, lists: ReadonlyMap<string, unknown>): boolean {
  return [...row.values].every(([name, value]) => {
    return !lists.has(name) || isSame(original.get(name), value);
  });
}

function matches(row: Row, combination: Values): boolean {
  if (row.values.size === 0) return false;
  return [...row.values].every(([name, value]) => isSame(combination.get(name), value));
}

/** `18` and `'18'` are the same to whoever reads them. */
function isSame(left: MatrixValue | undefined, right: MatrixValue): boolean {
  return left !== undefined && String(left) === String(right);
}

function checkName(entry: YamlEntry, problems: MatrixProblem[]): boolean {
  const name = entry.key.text;
  if (idPattern.test(name) && name !== '__proto__') return true;
  const message = `"${name}" cannot name a matrix value; use letters, digits, \`_\` and \`-\``;
  problems.push({ ...spanOf(entry.key), code: 'bad-id', message, severity: 'error' });
  return false;
}

function readList(entry: YamlEntry, problems: MatrixProblem[]): readonly MatrixValue[] {
  const { key, value } = entry;
  if (value.kind !== 'list') {
    const isEmpty = value.start === value.end;
    const found = isEmpty ? 'nothing' : describeNode(value);
    bad(isEmpty ? key : value, `\`${key.text}\` must be a list of values, not ${found}`, problems);
    return [];
  }
  if (value.items.length === 0) bad(value, `\`${key.text}\` has no values`, problems);
  return value.items.flatMap((item) => readValue(item, key.text, problems));
}

function readRows(entry: YamlEntry, problems: MatrixProblem[]): readonly Row[] {
  const { key, value } = entry;
  if (value.kind !== 'list') {
    if (value.kind === 'scalar' && value.value === null) return [];
    bad(value, `\`${key.text}\` must be a list of maps, not ${describeNode(value)}`, problems);
    return [];
  }
  return value.items.flatMap((item): Row[] => {
    if (item.kind !== 'map') {
      bad(item, `\`${key.text}\` holds maps of values, not ${describeNode(item)}`, problems);
      return [];
    }
    const values = new Map<string, MatrixValue>();
    for (const cell of item.entries) {
      if (!checkName(cell, problems)) continue;
      for (const one of readValue(cell.value, cell.key.text, problems))
        values.set(cell.key.text, one);
    }
    return [{ values, ...spanOf(item) }];
  });
}

function readValue(
  node: YamlNode,
  name: string,
  problems: MatrixProblem[],
): readonly MatrixValue[] {
  if (node.kind !== 'scalar') {
    bad(
      node,
      `values of \`${name}\` must be text, numbers or booleans, not ${describeNode(node)}`,
      problems,
    );
    return [];
  }
  if (node.text.includes('${{')) {
    bad(
      node,
      'a matrix is fixed when the file is read; expressions are not evaluated here',
      problems,
    );
    return [];
  }
  if (typeof node.value === 'number' && String(node.value) !== node.text) {
    const message = `${node.text} is the number ${node.value}; write '${node.text}' to keep it as text`;
    problems.push({ ...spanOf(node), code: 'number-text', message, severity: 'warning' });
  }
  return [node.value];
}

function checkExclude(
  row: Row,
  lists: ReadonlyMap<string, unknown>,
  problems: MatrixProblem[],
): void {
  for (const name of row.values.keys()) {
    if (!lists.has(name))
      bad(row, `\`exclude\` names \`${name}\`, which the matrix has not`, problems);
  }
}

function checkSize(
  combinations: readonly Values[],
  owner: Span,
  isBroken: boolean,
): readonly MatrixProblem[] {
  if (combinations.length > maxCombinations) return [tooLarge(owner, combinations.length)];
  const problems: MatrixProblem[] = [];
  if (combinations.length === 0) {
    if (!isBroken) bad(owner, 'the matrix has no combinations', problems);
    return problems;
  }
  const seen = new Set<string>();
  for (const combination of combinations) {
    const id = matrixTaskId('', [...combination.values()]);
    if (seen.has(id)) bad(owner, `the matrix has the combination${id} twice`, problems);
    seen.add(id);
  }
  return problems;
}

function tooLarge(owner: Span, size: number): MatrixProblem {
  const message = `the matrix has ${size} combinations; ${maxCombinations} are the limit`;
  return { ...spanOf(owner), code: 'matrix-too-large', message, severity: 'error' };
}

function bad(span: Span, message: string, problems: MatrixProblem[]): void {
  problems.push({ ...spanOf(span), code: 'bad-matrix', message, severity: 'error' });
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

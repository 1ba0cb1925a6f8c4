import { Array as ArrayData } from '@actions/expressions/data/array';
import { BooleanData } from '@actions/expressions/data/boolean';
import { Dictionary } from '@actions/expressions/data/dictionary';
import { Kind, type ExpressionData, type Pair } from '@actions/expressions/data/expressiondata';
import { Null } from '@actions/expressions/data/null';
import { NumberData } from '@actions/expressions/data/number';
import { StringData } from '@actions/expressions/data/string';
import type { ExpressionScope } from './scope.ts';

/** A value as an expression may give it. */
export type ExpressionValue =
  | string
  | number
  | boolean
  | null
  | readonly ExpressionValue[]
  | { readonly [key: string]: ExpressionValue };

/**
 * A map over a plain record that is read only where it is asked: a scope with thousands of tasks costs nothing
 * until then. Unlike the package's own it finds a name as written first and without regard to case second, and
 * has no inherited names such as `constructor`.
 */
class RecordDictionary extends Dictionary {
  readonly #record: Readonly<Record<string, unknown>>;
  /** One value is one object, however often it is asked for: objects are equal by identity. */
  readonly #read = new Map<string, ExpressionData>();

  constructor(record: Readonly<Record<string, unknown>>) {
    super();
    this.#record = record;
  }

  override get(key: string): ExpressionData | undefined {
    if (Object.hasOwn(this.#record, key)) return this.#valueOf(key);
    const folded = key.toLowerCase();
    const name = Object.keys(this.#record).find((candidate) => candidate.toLowerCase() === folded);
    return name === undefined ? undefined : this.#valueOf(name);
  }

  #valueOf(name: string): ExpressionData {
    const value = this.#read.get(name) ?? toData(this.#record[name]);
    this.#read.set(name, value);
    return value;
  }

  override values(): ExpressionData[] {
    return Object.keys(this.#record).map((name) => this.#valueOf(name));
  }

  override pairs(): Pair[] {
    return Object.keys(this.#record).map((key) => ({ key, value: this.#valueOf(key) }));
  }
}

/** The contexts of a scope, as the evaluator reads them. */
export function toContext(scope: ExpressionScope): Dictionary {
  return new RecordDictionary({
    inputs: scope.inputs,
    env: scope.env,
    secrets: scope.secrets,
    matrix: scope.matrix,
    tasks: scope.tasks,
    execution: scope.execution,
    workspace: scope.workspace,
  });
}

/** Plain data as expression data. */
export function toData(value: unknown): ExpressionData {
  if (typeof value === 'string') return new StringData(value);
  if (typeof value === 'number') return new NumberData(value);
  if (typeof value === 'boolean') return new BooleanData(value);
  if (Array.isArray(value)) {
    const list = new ArrayData();
    for (const item of value) list.add(toData(item));
    return list;
  }
  if (typeof value === 'object' && value !== null) return new RecordDictionary({ ...value });
  return new Null();
}

/** Expression data as plain data. */
export function fromData(data: ExpressionData): ExpressionValue {
  switch (data.kind) {
    case Kind.Array:
      return data.values().map(fromData);
    case Kind.Dictionary:
      return Object.fromEntries(data.pairs().map(({ key, value }) => [key, fromData(value)]));
    case Kind.String:
    case Kind.Number:
    case Kind.Boolean:
      return data.value;
    case Kind.Null:
      return null;
  }
}

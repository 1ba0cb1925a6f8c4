import type { ExpressionUse } from './analyze-expressions.ts';
import type { Span } from './reporter.ts';
import type { TaskSource, WorkflowSource } from './workflow-source.ts';
import type { YamlEntry, YamlMap } from './yaml/yaml-node.ts';

/** An expression in a script, with the place of its `${{ }}` in the file. */
export interface ScriptExpression {
  readonly use: ExpressionUse;
  readonly wrapper: Span;
}

/** How the expressions of one script are handed over as variables instead. */
export interface EnvRewrite {
  /** For each expression, what reads its variable in the script, for a message. */
  readonly shown: readonly string[];
  /** The variables, each once. */
  readonly names: readonly string[];
  /** The edits for all of them together; null where one of them cannot be told for sure. */
  readonly edits: readonly { readonly span: Span; readonly text: string }[] | null;
}

/** Plans the edits of a script: variables in place of expressions, and their entries in `env` where there are none. */
export function planEnvRewrite(
  source: WorkflowSource,
  script: readonly ScriptExpression[],
): EnvRewrite {
  const [first] = script;
  const id = first?.use.use.task?.id;
  const owner = id === undefined ? undefined : source.taskById.get(id);
  // Behind an alias the script stands in another task, and edits there would change both.
  const task =
    first !== undefined && owner !== undefined && isIn(owner.map, first.wrapper)
      ? owner
      : undefined;
  const env = task?.entries.get('env');
  const shell = shellOf(task?.entries) ?? shellOf(defaultsOf(source)) ?? 'bash';
  const added = new Map<string, string>();
  const names = script.map(({ use }) => {
    const template = `\${{ ${use.expression.source.trim()} }}`;
    const known = findVariable(source, env, use, template) ?? added.get(template);
    if (known !== undefined) return known;
    const name = freeName(proposeName(use), env, new Set(added.values()));
    added.set(template, name);
    return name;
  });
  const shown = names.map((name) => wordVariable(name, shell, '', false) ?? `the variable ${name}`);
  return {
    shown,
    names: [...new Set(names)],
    edits: task === undefined ? null : planEdits(source.text, task, script, names, added, shell),
  };
}

function planEdits(
  text: string,
  task: TaskSource,
  script: readonly ScriptExpression[],
  names: readonly string[],
  added: ReadonlyMap<string, string>,
  shell: string,
): EnvRewrite['edits'] {
  const edits: { readonly span: Span; readonly text: string }[] = [];
  if (added.size > 0) {
    const lines = [...added].map(([template, name]) => {
      return `${name}: '${template.replaceAll("'", "''")}'`;
    });
    const entry = addEntries(text, task, lines);
    if (entry === null) return null;
    edits.push(entry);
  }
  for (const [at, { use, wrapper }] of script.entries()) {
    const replacement = replacementOf(use, wrapper, shell, names[at] ?? '');
    if (replacement === null) return null;
    edits.push({ span: wrapper, text: replacement });
  }
  return edits;
}

function isIn(map: YamlMap | null, span: Span): boolean {
  return map !== null && map.start <= span.start && span.end <= map.end;
}

/** A variable that holds just this already: `env.X` itself, or an entry with the same template. */
function findVariable(
  source: WorkflowSource,
  env: YamlEntry | undefined,
  use: ExpressionUse,
  template: string,
): string | undefined {
  const [only, second] = use.references;
  const [step, more] = only?.steps ?? [];
  const isWhole = second === undefined && use.calls.length === 0 && more === undefined;
  const isPlain = /^env\s*\.\s*[\w-]+$/i.test(use.expression.source.trim());
  if (isWhole && isPlain && step?.kind === 'name') return step.name;
  const squeeze = (text: string): string => text.replace(/\s+/g, '');
  for (const holder of [env, source.entries.get('env')]) {
    if (holder?.value.kind !== 'map') continue;
    for (const { key, value } of holder.value.entries) {
      if (value.kind === 'scalar' && squeeze(value.text) === squeeze(template)) return key.text;
    }
  }
  return undefined;
}

/** `inputs.version` is VERSION, `tasks.build.outputs.url` is BUILD_URL. */
function proposeName(use: ExpressionUse): string {
  const [first] = use.references;
  const names = (first?.steps ?? []).flatMap((step) => (step.kind === 'name' ? [step.name] : []));
  const parts = names.filter((name, at) => !(at === 1 && name === 'outputs'));
  const name = parts
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  if (name === '') return 'VALUE';
  return /^\d/.test(name) ? `_${name}` : name;
}

function freeName(name: string, env: YamlEntry | undefined, others: ReadonlySet<string>): string {
  const taken = new Set(
    env?.value.kind === 'map' ? env.value.entries.map((entry) => entry.key.text.toUpperCase()) : [],
  );
  // A script that loses its PATH finds no command any more.
  const isTaken = (text: string): boolean =>
    taken.has(text) || others.has(text) || ['PATH', 'HOME', 'IFS'].includes(text);
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}_${number}`;
  return free;
}

/** What stands in the script in place of the expression; null where no text is sure to mean the same. */
function replacementOf(
  use: ExpressionUse,
  wrapper: Span,
  shell: string,
  name: string,
): string | null {
  const { scalar } = use.use;
  const value = scalar.text;
  const { start, end } = use.wrapper ?? { start: 0, end: 0 };
  // A plain scalar that begins with a quote is another scalar.
  if (scalar.style === 'plain' && wrapper.start === scalar.start) return null;
  const quote = openQuote(value.slice(value.lastIndexOf('\n', start - 1) + 1, start), shell);
  const isJoined = /[A-Za-z0-9_]/.test(value.charAt(end));
  const text = wordVariable(name, shell, quote, isJoined);
  if (text === null) return null;
  if (scalar.style === 'single') return text.replaceAll("'", "''");
  return scalar.style === 'double' ? text.replace(/["\\]/g, '\\$&') : text;
}

/** The quote a place stands in, by what is before it in its line. */
function openQuote(before: string, shell: string): string {
  let open = '';
  for (let at = 0; at < before.length; at += 1) {
    const found = before.charAt(at);
    if (found === '\\' && open !== "'" && shell !== 'pwsh' && shell !== 'cmd') at += 1;
    else if (open === '' && (found === '"' || found === "'" || found === '`')) open = found;
    else if (found === open) open = '';
  }
  return open;
}

/** How a shell reads a variable as one word, at a place within `quote`. */
function wordVariable(
  name: string,
  shell: string,
  quote: string,
  isJoined: boolean,
): string | null {
  switch (shell) {
    case 'python':
      return quote === '' ? `os.environ['${name}']` : null;
    case 'node':
      return quote === '' ? `process.env.${name}` : null;
    case 'cmd':
      // cmd reads the text of a variable as its own: no quoting makes that safe.
      return null;
    case 'pwsh': {
      const text = isJoined && quote !== '' ? `\${env:${name}}` : `$env:${name}`;
      return quote === '"' ? text : quote === '' ? `"${text}"` : null;
    }
    default: {
      const text = isJoined && quote === '"' ? `\${${name}}` : `$${name}`;
      if (quote === '"') return text;
      return quote === '' ? `"${text}"` : quote === "'" ? `'"${text}"'` : null;
    }
  }
}

function defaultsOf(source: WorkflowSource): ReadonlyMap<string, YamlEntry> | undefined {
  const defaults = source.entries.get('defaults')?.value;
  if (defaults?.kind !== 'map') return undefined;
  return new Map(defaults.entries.map((entry) => [entry.key.text, entry]));
}

function shellOf(entries: ReadonlyMap<string, YamlEntry> | undefined): string | null {
  const shell = entries?.get('shell')?.value;
  return shell?.kind === 'scalar' ? shell.text : null;
}

/** Puts lines into the `env` of a task, or a new `env` before its `run`. */
function addEntries(
  text: string,
  task: TaskSource,
  lines: readonly string[],
): { readonly span: Span; readonly text: string } | null {
  const { map } = task;
  const run = task.entries.get('run');
  if (map === null || run === undefined) return null;
  const env = task.entries.get('env');
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (env?.value.kind === 'map') {
    // An anchor's map belongs to others too.
    if (!isIn(map, env.value)) return null;
    const [first] = env.value.entries;
    if (env.value.isFlow) {
      return insert(env.value.start + 1, ` ${lines.join(', ')}${first === undefined ? ' ' : ','}`);
    }
    if (first === undefined) return null;
    const indent = indentAt(text, first.key.start);
    return insert(first.key.start, lines.map((line) => `${line}${newline}${indent}`).join(''));
  }
  if (env !== undefined) return null;
  if (map.isFlow) return insert(run.key.start, `env: { ${lines.join(', ')} }, `);
  const indent = indentAt(text, run.key.start);
  const block = lines.map((line) => `${indent}  ${line}${newline}`).join('');
  return insert(run.key.start, `env:${newline}${block}${indent}`);
}

function insert(at: number, text: string): { readonly span: Span; readonly text: string } {
  return { span: { start: at, end: at }, text };
}

/** As many spaces as stand before a place in its line, whatever the line holds there. */
function indentAt(text: string, at: number): string {
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}

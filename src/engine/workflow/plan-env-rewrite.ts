import type { ExpressionUse } from './analyze-expressions.ts';
import type { Span } from './reporter.ts';
import type { TaskSource, WorkflowSource } from './workflow-source.ts';
import type { YamlEntry, YamlMap } from './yaml/yaml-node.ts';

/** How an expression in a script is handed over as a variable instead. */
export interface EnvRewrite {
  /** The variable. */
  readonly name: string;
  /** What stands in the script in place of the expression, for the message. */
  readonly shown: string;
  /** Null where the places for the edits cannot be told. */
  readonly edits: readonly { readonly span: Span; readonly text: string }[] | null;
}

/** Plans the edits: the variable in the script, and its entry in `env` unless it is there already. */
export function planEnvRewrite(
  source: WorkflowSource,
  use: ExpressionUse,
  wrapper: Span,
): EnvRewrite {
  const { id } = use.use.task ?? { id: '' };
  const task = source.tasks.find((one) => one.key.text === id && isIn(one.map, wrapper));
  const template = `\${{ ${use.expression.source.trim()} }}`;
  const env = task?.entries.get('env');
  const found = findVariable(source, env, use, template);
  const name = found ?? freeName(proposeName(use), env);
  const shell = shellOf(task?.entries) ?? shellOf(defaultsOf(source)) ?? 'bash';
  const shown = wordVariable(name, shell, '', false) ?? `the variable ${name}`;
  const text = replacementOf(use, wrapper, shell, name);
  if (task === undefined || task.map === null || text === null) return { name, shown, edits: null };
  const script = { span: wrapper, text };
  if (found !== null) return { name, shown, edits: [script] };
  const entry = addEntry(source.text, task, task.map, env, name, template);
  return { name, shown, edits: entry === null ? null : [entry, script] };
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
): string | null {
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
  return null;
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

function freeName(name: string, env: YamlEntry | undefined): string {
  const taken = new Set(
    env?.value.kind === 'map' ? env.value.entries.map((entry) => entry.key.text.toUpperCase()) : [],
  );
  // A script that loses its PATH finds no command any more.
  const isTaken = (text: string): boolean =>
    taken.has(text) || ['PATH', 'HOME', 'IFS'].includes(text);
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

function addEntry(
  text: string,
  task: TaskSource,
  map: YamlMap,
  env: YamlEntry | undefined,
  name: string,
  template: string,
): { readonly span: Span; readonly text: string } | null {
  const line = `${name}: '${template.replaceAll("'", "''")}'`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (env?.value.kind === 'map') {
    // An anchor's map belongs to others too.
    if (!isIn(map, env.value)) return null;
    const [first] = env.value.entries;
    if (env.value.isFlow) {
      const at = env.value.start + 1;
      const separator = first === undefined ? ' ' : ',';
      return insert(at, ` ${line}${separator}`);
    }
    if (first === undefined) return null;
    return insert(first.key.start, `${line}${newline}${indentAt(text, first.key.start)}`);
  }
  if (env !== undefined) return null;
  const run = task.entries.get('run');
  if (run === undefined) return null;
  if (map.isFlow) return insert(run.key.start, `env: { ${line} }, `);
  return insert(
    run.key.start,
    `env:${newline}${indentAt(text, run.key.start)}  ${line}${newline}${indentAt(text, run.key.start)}`,
  );
}

function insert(at: number, text: string): { readonly span: Span; readonly text: string } {
  return { span: { start: at, end: at }, text };
}

/** As many spaces as stand before a place in its line, whatever the line holds there. */
function indentAt(text: string, at: number): string {
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}

import { Draft, needsOf, type Target } from './draft.ts';
import { quoteWord } from './quote-word.ts';
import { isMap, listOf, mapOf, textOf, type Data } from './read-data.ts';
import { TaskVariables } from './vscode-variables.ts';

/** The tasks of a tasks.json. */
export function listVscodeTasks(data: Data): readonly Target[] {
  const tasks = listOf(data['tasks']).map(mapOf);
  return tasks.flatMap((task) => {
    const name = labelOf(task);
    if (name === undefined) return [];
    const group = task['group'];
    const isDefault = isMap(group) && group['kind'] === 'build' && group['isDefault'] === true;
    const description = textOf(task['detail']) ?? commandOf(task);
    return [{ name, description, isDefault }];
  });
}

/** The chosen tasks with everything they depend on. */
export function convertVscodeTasks(data: Data, targets: readonly string[]): Draft {
  const draft = new Draft();
  const [only, second] = targets;
  draft.head['name'] = only !== undefined && second === undefined ? only : 'Tasks';
  const tasks = new Map(
    listOf(data['tasks'])
      .map(mapOf)
      .flatMap((task) => {
        const label = labelOf(task);
        return label === undefined ? [] : [[label, task] as const];
      }),
  );
  const variables = new TaskVariables(draft, listOf(data['inputs']).map(mapOf));
  const ends = new Map<string, readonly string[]>();

  const add = (
    label: string,
    after: readonly string[],
    open: readonly string[],
  ): readonly string[] => {
    const known = ends.get(label);
    if (known !== undefined) return known;
    const task = tasks.get(label);
    if (task === undefined || open.includes(label)) {
      draft.leave(
        `dependsOn: ${label}`,
        task === undefined ? 'there is no such task.' : 'it is a circle.',
      );
      return after;
    }
    const dependencies = listOf(task['dependsOn']).map((one) =>
      isMap(one) ? (textOf(one['task']) ?? textOf(one['type']) ?? '') : String(one),
    );
    const isSequence = task['dependsOrder'] === 'sequence';
    let last = after;
    const all: string[] = [];
    for (const dependency of dependencies) {
      const end = add(dependency, last, [...open, label]);
      if (isSequence) last = end;
      else all.push(...end);
    }
    const needs = isSequence || all.length === 0 ? last : all;
    const result = hasCommand(task)
      ? [addTask(draft, variables, { label, task, common: data, needs })]
      : needs;
    ends.set(label, result);
    return result;
  };
  for (const target of targets) if (tasks.has(target)) add(target, [], []);
  variables.finish();
  return draft;
}

interface LabelledTask {
  readonly label: string;
  readonly task: Data;
  /** The whole file, which may say things for all tasks. */
  readonly common: Data;
  readonly needs: readonly string[];
}

function addTask(draft: Draft, variables: TaskVariables, given: LabelledTask): string {
  const { label, task, common } = given;
  const id = draft.freeId(label);
  const needs = needsOf(given.needs);
  const name = id === label ? undefined : label.replaceAll('${{', '$ {{');
  for (const system of ['windows', 'osx', 'linux']) {
    if (system in task)
      draft.leave(`${label}: ${system}`, 'a task has one command for all systems.');
  }
  if (task['isBackground'] === true) {
    draft.leave(`${label}: isBackground`, 'the workflow waits until it ends.');
  }
  const give = (why: string): string => {
    const original = JSON.stringify(task, null, 2);
    draft.addUnwritten(id, { what: label, why, original }, { name, needs });
    return id;
  };
  const options = { ...mapOf(common['options']), ...mapOf(task['options']) };
  const line = commandLine(task);
  if (line === null) {
    return give(`tasks of the type "${textOf(task['type']) ?? ''}" are of another extension.`);
  }
  const script = variables.inScript(line);
  if (!script.ok) return give(script.error);
  const folder = folderOf(task, options, variables);
  if (folder === null) return give('its folder is not inside the workspace folder.');
  const env: Record<string, string> = { ...script.value.env };
  for (const [key, value] of Object.entries(mapOf(options['env']))) {
    const written = variables.inValue(textOf(value) ?? '');
    if (written.ok) env[key] = written.value;
    else draft.leave(`${label}: env.${key}`, written.error);
  }
  draft.add(id, { name, needs, env, 'working-directory': folder, run: script.value.text });
  return id;
}

/** What a shell gets; null for tasks that only another extension understands. */
function commandLine(task: Data): string | null {
  const type = textOf(task['type']) ?? 'shell';
  if (type === 'npm') return `npm run ${quoteWord(textOf(task['script']) ?? '')}`;
  if (type !== 'shell' && type !== 'process') return null;
  const { command } = task;
  const args = listOf(task['args']);
  // A command alone is a line of its own; with arguments it is one word.
  const isLine = type === 'shell' && typeof command === 'string';
  const first = isLine ? command : quoteArgument(command);
  return [first, ...args.map(quoteArgument)].join(' ');
}

function quoteArgument(argument: unknown): string {
  const text = (isMap(argument) ? textOf(argument['value']) : textOf(argument)) ?? '';
  const isStrong = isMap(argument) && argument['quoting'] === 'strong';
  return text.includes('${') && !isStrong ? quoteOpen(text) : quoteWord(text);
}

/** The editor's own variables stay for the one who fills them in. */
function quoteOpen(text: string): string {
  return text
    .split(/(\$\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('${') ? `"${part}"` : quoteWord(part)))
    .join('');
}

function folderOf(task: Data, options: Data, variables: TaskVariables): string | undefined | null {
  const written =
    textOf(options['cwd']) ?? (task['type'] === 'npm' ? textOf(task['path']) : undefined);
  return written === undefined ? undefined : variables.inPath(written);
}

function hasCommand(task: Data): boolean {
  if (textOf(task['type']) === 'npm') return task['script'] !== undefined;
  return (
    task['command'] !== undefined || !['shell', 'process', undefined].includes(textOf(task['type']))
  );
}

function labelOf(task: Data): string | undefined {
  const script = task['type'] === 'npm' ? textOf(task['script']) : undefined;
  const label = textOf(task['label']) ?? textOf(task['taskName']);
  return label ?? (script === undefined ? undefined : `npm: ${script}`);
}

function commandOf(task: Data): string {
  const { command } = task;
  return (isMap(command) ? textOf(command['value']) : textOf(command)) ?? '';
}

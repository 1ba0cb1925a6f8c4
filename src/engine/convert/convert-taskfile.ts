import { Draft, needsOf, type Target } from './draft.ts';
import { quoteWord } from './quote-word.ts';
import { isMap, listOf, mapOf, textOf, type Data } from './read-data.ts';
import { TaskfileTemplates } from './taskfile-templates.ts';

/** The tasks of a Taskfile that may be called by name. */
export function listTaskfileTasks(data: Data): readonly Target[] {
  return Object.entries(mapOf(data['tasks'])).flatMap(([name, task]) => {
    const map = longForm(task);
    if (map['internal'] === true) return [];
    const [first] = listOf(map['cmds'] ?? map['cmd']);
    const description = textOf(map['desc']) ?? textOf(first) ?? '';
    return [{ name, description, isDefault: name === 'default' }];
  });
}

/** The chosen tasks with everything they depend on and call. */
export function convertTaskfile(data: Data, targets: readonly string[]): Draft {
  const draft = new Draft();
  const [only, second] = targets;
  const isOne = only !== undefined && second === undefined && only !== 'default';
  draft.head['name'] = isOne ? only : 'Taskfile';
  const templates = new TaskfileTemplates(mapOf(data['vars']));
  const env = templates.values(draft, 'env', mapOf(data['env']));
  if (Object.keys(env).length > 0) draft.head['env'] = env;
  const dotenv = listOf(data['dotenv']).map(String);
  if (dotenv.length > 0) draft.head['dotenv'] = dotenv;
  // What runs them there reads the language of POSIX shells.
  draft.head['defaults'] = { shell: 'bash' };
  if ('includes' in data)
    draft.leave('includes', 'the tasks of other files are converted by themselves.');
  if ('set' in data || 'shopt' in data)
    draft.leave('set, shopt', '`bash` runs with `-eo pipefail`.');
  new TaskfileConversion(draft, mapOf(data['tasks']), templates).convert(targets);
  return draft;
}

class TaskfileConversion {
  readonly #draft: Draft;
  readonly #tasks: Data;
  readonly #templates: TaskfileTemplates;
  readonly #ends = new Map<string, readonly string[]>();

  constructor(draft: Draft, tasks: Data, templates: TaskfileTemplates) {
    this.#draft = draft;
    this.#tasks = tasks;
    this.#templates = templates;
  }

  convert(targets: readonly string[]): void {
    for (const target of targets) if (target in this.#tasks) this.#add(target, [], []);
  }

  /** Adds a task with all it needs; what to need for all of it. */
  #add(name: string, after: readonly string[], open: readonly string[]): readonly string[] {
    const known = this.#ends.get(name);
    if (known !== undefined) {
      if (after.length > 0) {
        this.#draft.leave(`the second call of ${name}`, 'a task runs once in an execution.');
      }
      return known;
    }
    if (!(name in this.#tasks) || open.includes(name)) {
      const why = open.includes(name)
        ? 'it calls itself.'
        : 'there is no task of this name in the file.';
      return [this.#unwritten(name, name, why, '', after)];
    }
    const task = longForm(this.#tasks[name]);
    const dependencies = listOf(task['deps']).flatMap((one) =>
      this.#call(name, one, after, [...open, name]),
    );
    let last: readonly string[] = dependencies.length > 0 ? dependencies : after;
    this.#note(name, task);
    const question = textOf(task['prompt']) ?? textOf(listOf(task['prompt'])[0]);
    if (question !== undefined) {
      const id = this.#draft.freeId(`${name}-ask`);
      this.#draft.add(id, { needs: needsOf(last), approval: question.replaceAll('${{', '$ {{') });
      last = [id];
    }
    last = this.#addCommands(name, task, last, [...open, name]);
    this.#ends.set(name, last);
    return last;
  }

  /** Commands in a row are one script; a call of a task between them is a task of its own. */
  #addCommands(
    name: string,
    task: Data,
    after: readonly string[],
    open: readonly string[],
  ): readonly string[] {
    const commands = listOf(task['cmds'] ?? task['cmd']);
    let last = after;
    let script: unknown[] = [
      ...listOf(task['preconditions']).map((one) => ({ precondition: one })),
    ];
    const flush = (): void => {
      if (script.length === 0) return;
      last = [this.#addScript(name, task, script, last)];
      script = [];
    };
    for (const command of commands) {
      if (!isMap(command) || command['task'] === undefined) {
        script.push(command);
        continue;
      }
      flush();
      last = this.#call(name, command, last, open);
    }
    flush();
    return last;
  }

  #call(
    caller: string,
    call: unknown,
    after: readonly string[],
    open: readonly string[],
  ): readonly string[] {
    const map = isMap(call) ? call : { task: call };
    const name = textOf(map['task']) ?? '';
    if (map['vars'] !== undefined || map['for'] !== undefined || name.includes('{{')) {
      const why = `the call of ${name} hands over variables or is repeated, which only a task with \`uses\` can do.`;
      return [this.#unwritten(`${caller}-${name}`, caller, why, JSON.stringify(map), after)];
    }
    return this.#add(name, after, open);
  }

  #addScript(
    name: string,
    task: Data,
    commands: readonly unknown[],
    after: readonly string[],
  ): string {
    const original = JSON.stringify({ ...task, cmds: commands }, null, 2);
    const lines: string[] = [];
    const local = this.#templates.within(mapOf(task['vars']));
    for (const command of commands) {
      const line = lineOf(command);
      if (line === null) {
        return this.#unwritten(
          name,
          name,
          'a command is repeated, deferred or only for some systems.',
          original,
          after,
        );
      }
      const filled = local.fill(line, 'script');
      if (!filled.ok) return this.#unwritten(name, name, filled.error, original, after);
      lines.push(filled.value);
    }
    const folder = local.fill(textOf(task['dir']) ?? '', 'folder');
    if (!folder.ok) return this.#unwritten(name, name, folder.error, original, after);
    const id = this.#draft.freeId(name);
    // Each command has a shell of its own there: what one changes in its shell must not reach the next.
    const isolated =
      lines.length < 2 ? lines : lines.map((one) => (changesShell(one) ? group(one) : one));
    this.#draft.add(id, {
      name: id === name ? undefined : name,
      needs: needsOf(after),
      env: local.values(this.#draft, `${name}.env`, mapOf(task['env'])),
      'working-directory': folder.value,
      'continue-on-error': task['ignore_error'] === true ? true : undefined,
      run: isolated.length === 1 ? isolated[0] : `${isolated.join('\n')}\n`,
    });
    return id;
  }

  #unwritten(
    name: string,
    what: string,
    why: string,
    original: string,
    after: readonly string[],
  ): string {
    const id = this.#draft.freeId(name);
    this.#draft.addUnwritten(id, { what, why, original }, { needs: needsOf(after) });
    return id;
  }

  #note(name: string, task: Data): void {
    for (const [key, why] of Object.entries(noted)) {
      if (key in task) this.#draft.leave(`${name}.${key}`, why);
    }
  }
}

const noted: Readonly<Record<string, string>> = {
  sources: 'a task runs every time.',
  generates: 'a task runs every time.',
  status: 'a task runs every time; its script may look first.',
  platforms: 'a task runs on every system.',
  requires: 'say what is required in `inputs`.',
  dotenv: '`dotenv` stands at the head of the workflow.',
  interactive: 'a task has no terminal.',
};

/** `name: cmd`, `name: [cmds]` and the map. */
function longForm(task: unknown): Data {
  return isMap(task) ? task : { cmds: listOf(task) };
}

/** A command as a line of a script; null when it is more than that. */
function lineOf(command: unknown): string | null {
  const text = textOf(command);
  if (text !== undefined) return text;
  const map = mapOf(command);
  if (map['precondition'] !== undefined) return preconditionLine(map['precondition']);
  const line = textOf(map['cmd']);
  if (line === undefined || ['for', 'defer', 'platforms'].some((key) => key in map)) return null;
  return map['ignore_error'] === true ? `${group(line)} || true` : line;
}

function preconditionLine(precondition: unknown): string {
  const test = textOf(precondition) ?? textOf(mapOf(precondition)['sh']) ?? 'true';
  const message = textOf(mapOf(precondition)['msg']) ?? 'a precondition is not met';
  return `${group(test)} || { echo ${quoteWord(message)} >&2; exit 1; }`;
}

/** In a shell of its own. A comment or a here-document at its end would swallow the bracket. */
function group(line: string): string {
  return /[#\n]|<</.test(line) ? `(${line}\n)` : `(${line})`;
}

function changesShell(line: string): boolean {
  if (line.startsWith('(')) return false;
  return /(^|[;&|({\s])(cd|export|set|unset|shopt|alias|source|\.|exit|trap|pushd|popd)(\s|$)|^\s*\w+=/.test(
    line,
  );
}

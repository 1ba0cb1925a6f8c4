import { err, ok, type Result } from '../../model/result.ts';
import type { Draft } from './draft.ts';
import { textOf, type Data } from './read-data.ts';

/** Where a text will stand, which decides how the root folder is named there. */
type Place = 'script' | 'folder' | 'value';

/** The `{{.NAME}}` of a Taskfile, as far as they stand for plain values of the file. */
export class TaskfileTemplates {
  readonly #vars: Data;

  constructor(vars: Data) {
    this.#vars = vars;
  }

  /** With the variables of a task before those of the file. */
  within(vars: Data): TaskfileTemplates {
    return new TaskfileTemplates({ ...this.#vars, ...vars });
  }

  /** Fills a text in; the failure says what is not known before it runs. */
  fill(text: string, place: Place): Result<string, string> {
    return text.includes('${{')
      ? err('it has a "${{", which would be an expression here.')
      : this.#fill(text, place, []);
  }

  /** The variables of a map; those that cannot be filled in are left out. */
  values(draft: Draft, at: string, env: Data): Readonly<Record<string, string>> {
    const result: Record<string, string> = {};
    for (const [name, value] of Object.entries(env)) {
      const text = textOf(value);
      const filled =
        text === undefined ? err('it is computed by a command.') : this.fill(text, 'value');
      if (filled.ok) result[name] = filled.value;
      else draft.leave(`${at}.${name}`, filled.error);
    }
    return result;
  }

  #fill(text: string, place: Place, open: readonly string[]): Result<string, string> {
    const trouble: string[] = [];
    const filled = text.replaceAll(/\{\{(.*?)\}\}/gs, (found, inside: string) => {
      const name = /^\s*-?\s*\.(\w+)\s*-?\s*$/.exec(inside)?.[1] ?? '';
      if (name === 'ROOT_DIR' || name === 'TASKFILE_DIR') return roots[place];
      const value = open.includes(name) ? undefined : textOf(this.#vars[name]);
      const result = value === undefined ? null : this.#fill(value, place, [...open, name]);
      if (result?.ok === true) return result.value;
      trouble.push(`${found} is known only when Task runs it.`);
      return found;
    });
    const [why] = trouble;
    return why === undefined ? ok(filled) : err(why);
  }
}

const roots: Readonly<Record<Place, string>> = {
  script: '${AGENT_WORKSPACE}',
  folder: '.',
  value: '${{ workspace }}',
};

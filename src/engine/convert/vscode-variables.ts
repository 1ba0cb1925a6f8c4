import { err, ok, type Result } from '../../model/result.ts';
import { freeId, toId, type Draft } from './draft.ts';
import { listOf, textOf, type Data } from './read-data.ts';

/** A script with the variables that it reads. */
export interface OpenScript {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The `${…}` of tasks.json. Inputs become inputs of the workflow, each when it is used for the first time. */
export class TaskVariables {
  readonly #draft: Draft;
  readonly #specs: ReadonlyMap<string, Data>;
  readonly #ids = new Map<string, string>();
  readonly #inputs: Record<string, unknown> = {};

  constructor(draft: Draft, inputs: readonly Data[]) {
    this.#draft = draft;
    this.#specs = new Map(inputs.map((input) => [textOf(input['id']) ?? '', input]));
  }

  /** In a line for a shell: as shell variables, never as text. */
  inScript(line: string): Result<OpenScript, string> {
    if (line.includes('${{')) return err('it has a "${{", which would be an expression here.');
    const env: Record<string, string> = {};
    const trouble: string[] = [];
    const text = line.replaceAll(
      variable,
      (found, name: string, argument: string | undefined, at: number) => {
        const isQuoted = isInSingleQuotes(line, at);
        if (!isQuoted && name === 'workspaceFolder') return '${AGENT_WORKSPACE}';
        if (!isQuoted && name === 'env' && /^[A-Za-z_]\w*$/.test(argument ?? ''))
          return `\${${argument ?? ''}}`;
        if (!isQuoted && name === 'input') {
          const id = this.#input(argument ?? '');
          if (id !== null) {
            const shellName = id.toUpperCase().replaceAll('-', '_');
            env[shellName] = `\${{ inputs.${id} }}`;
            return `\${${shellName}}`;
          }
        }
        // A shell's own variable has no argument and no dots.
        if (argument === undefined && !editorOnly.has(name) && /^\w+$/.test(name)) return found;
        trouble.push(`${found} is only known in the editor.`);
        return found;
      },
    );
    const [why] = trouble;
    return why === undefined ? ok({ text, env }) : err(why);
  }

  /** In the value of a variable. */
  inValue(value: string): Result<string, string> {
    if (value.includes('${{')) return err('it has a "${{", which would be an expression here.');
    const trouble: string[] = [];
    const text = value.replaceAll(variable, (found, name: string, argument: string | undefined) => {
      if (name === 'workspaceFolder') return '${{ workspace }}';
      const id = name === 'input' ? this.#input(argument ?? '') : null;
      if (id !== null) return `\${{ inputs.${id} }}`;
      trouble.push(`${found} is not known here.`);
      return found;
    });
    const [why] = trouble;
    return why === undefined ? ok(text) : err(why);
  }

  /** A folder relative to the workspace folder; null when it is somewhere else. */
  inPath(path: string): string | null {
    const relative = path.replace(/^\$\{workspaceFolder\}\/?/, '').replaceAll('\\', '/');
    if (relative.includes('${') || relative.startsWith('/') || /^[A-Za-z]:/.test(relative))
      return null;
    return relative === '' ? '.' : relative;
  }

  /** Writes the inputs that were used. */
  finish(): void {
    if (this.#ids.size > 0) this.#draft.head['inputs'] = this.#inputs;
  }

  #input(name: string): string | null {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const spec = this.#specs.get(name);
    const type = textOf(spec?.['type']);
    if (spec === undefined || (type !== 'promptString' && type !== 'pickString')) return null;
    const id = freeId(toId(name), (one) => one in this.#inputs);
    const initial = textOf(spec['default']);
    const options = listOf(spec['options']).map(
      (one) => textOf(one) ?? textOf((one as Data)['value']) ?? '',
    );
    this.#inputs[id] = {
      ...(type === 'pickString' ? { type: 'choice', options } : { type: 'string' }),
      ...(textOf(spec['description']) === undefined
        ? {}
        : { description: textOf(spec['description']) }),
      ...(initial === undefined || initial === '' ? { required: true } : { default: initial }),
    };
    this.#ids.set(name, id);
    return id;
  }
}

// `${name}` and `${name:argument}`.
const variable = /\$\{(\w+)(?::([^}]*))?\}/g;

/** What the editor fills in and a shell does not know. */
const editorOnly = new Set([
  ...['file', 'fileBasename', 'fileBasenameNoExtension', 'fileDirname', 'fileDirnameBasename'],
  ...['fileExtname', 'fileWorkspaceFolder', 'relativeFile', 'relativeFileDirname', 'lineNumber'],
  ...['columnNumber', 'selectedText', 'execPath', 'defaultBuildTask', 'pathSeparator', 'userHome'],
  ...['workspaceFolder', 'workspaceFolderBasename', 'cwd', 'workspaceRoot', 'input', 'env'],
]);

/** Whether a place of a shell's line is between single quotes, where it looks nothing up. */
function isInSingleQuotes(line: string, at: number): boolean {
  let quote = '';
  for (let index = 0; index < at; index += 1) {
    const found = line.charAt(index);
    if (quote === '' && (found === "'" || found === '"')) quote = found;
    else if (found === quote) quote = '';
    else if (found === '\\' && quote !== "'") index += 1;
  }
  return quote === "'";
}

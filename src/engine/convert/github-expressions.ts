import { err, ok, type Result } from '../../model/result.ts';
import { functionNames } from '../expressions/parse-expression.ts';
import { parseTemplate } from '../expressions/parse-template.ts';

/** What names in expressions of a GitHub workflow stand for. */
export interface GithubNames {
  /** Ids of inputs, by their names there. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Variables of the whole workflow: the only ones that expressions here see. */
  readonly env: ReadonlySet<string>;
  /** The task of each step of this job that has an id. */
  readonly steps: ReadonlyMap<string, string>;
  /** Outputs of jobs as expressions of ours, by `job.output`. */
  readonly jobOutputs: ReadonlyMap<string, string>;
  /** Takes the name of a secret that is used. */
  readonly useSecret: (name: string) => void;
}

/** Rewrites the inside of a `${{ }}`; the failure is why it cannot be. */
export function rewriteExpression(source: string, names: GithubNames): Result<string, string> {
  const trouble: string[] = [];
  const text = source.replaceAll(token, (found: string, at: number) => {
    if (found.startsWith("'") || /^\d/.test(found) || source[at - 1] === '.') return found;
    const rest = source.slice(at + found.length).trimStart();
    const rewritten = rest.startsWith('(')
      ? rewriteFunction(found)
      : rest.startsWith('[')
        ? err(`${found}[…] is written in a way that is not understood`)
        : rewritePath(found.replaceAll(/\s+/g, '').replaceAll(/\['([\w-]+)'\]/g, '.$1'), names);
    if (rewritten.ok) return rewritten.value;
    trouble.push(rewritten.error);
    return found;
  });
  const [why] = trouble;
  return why === undefined ? ok(text) : err(why);
}

/** Rewrites every `${{ }}` of a text. */
export function rewriteTemplate(text: string, names: GithubNames): Result<string, string> {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return err('a ${{ is not closed');
  let result = '';
  for (const part of parsed.value) {
    if (part.kind === 'text') {
      result += part.text;
      continue;
    }
    const rewritten = rewriteExpression(part.source.trim(), names);
    if (!rewritten.ok) return rewritten;
    result += `\${{ ${rewritten.value} }}`;
  }
  return ok(result);
}

// A quoted text, a number, or a name with the properties behind it.
const token =
  /'(?:[^']|'')*'|\d[\w.]*|[A-Za-z_][\w-]*(?:\s*\.\s*(?:[A-Za-z_][\w-]*|\*)|\['[\w-]+'\])*/g;

const words = new Set(['true', 'false', 'null', 'nan', 'infinity']);

const fromGithub: Readonly<Record<string, string>> = {
  'github.workspace': 'workspace',
  'github.run_id': 'execution.id',
  'github.run_attempt': 'execution.attempt',
  'github.workflow': 'execution.agent',
};

function rewriteFunction(name: string): Result<string, string> {
  const known = functionNames.find((one) => one.toLowerCase() === name.toLowerCase());
  return known === undefined ? err(`the function ${name} is not known here`) : ok(known);
}

function rewritePath(path: string, names: GithubNames): Result<string, string> {
  const [context = '', first = '', second = '', third = ''] = path.split('.');
  const unknown = err(`${path} is only known on GitHub`);
  switch (context.toLowerCase()) {
    case 'matrix':
      return ok(path);
    case 'inputs':
      return inputOf(first, path, names);
    case 'env':
      return names.env.has(first)
        ? ok(path)
        : err(`${path} is not a variable of the whole workflow, and expressions see no other`);
    case 'secrets':
      names.useSecret(first);
      return ok(path);
    case 'github': {
      if (path.toLowerCase().startsWith('github.event.inputs.')) return inputOf(third, path, names);
      const known = fromGithub[path.toLowerCase()];
      return known === undefined ? unknown : ok(known);
    }
    case 'needs': {
      const known = second === 'outputs' ? names.jobOutputs.get(`${first}.${third}`) : undefined;
      return known === undefined ? err(`${path} has no counterpart`) : ok(known);
    }
    case 'steps': {
      const task = second === 'outputs' ? names.steps.get(first) : undefined;
      return task === undefined
        ? err(`${path} has no counterpart`)
        : ok(`tasks.${task}.outputs.${third}`);
    }
    default:
      return words.has(path.toLowerCase()) ? ok(path) : unknown;
  }
}

function inputOf(name: string, path: string, { inputs }: GithubNames): Result<string, string> {
  const id = inputs.get(name);
  return id === undefined ? err(`${path} is no input that is asked for`) : ok(`inputs.${id}`);
}

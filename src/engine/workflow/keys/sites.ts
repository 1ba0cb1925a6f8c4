/** The contexts of expressions. */
export const contextNames = [
  'inputs',
  'env',
  'secrets',
  'matrix',
  'tasks',
  'execution',
  'workspace',
] as const;
export type ContextName = (typeof contextNames)[number];

/** A kind of place where expressions are evaluated. */
export interface Site {
  /** In words, for messages: "in `run`". */
  readonly words: string;
  readonly contexts: readonly ContextName[];
  /** Whether `success()` and its like may be asked. */
  readonly hasStatus: boolean;
  /** Whether what comes out is read by a shell as its own text. */
  readonly isShellText: boolean;
}

const everything = contextNames;
/** For texts that are stored or shown: secrets must not get there. */
const noSecrets = contextNames.filter((name) => name !== 'secrets');

/** Every site. `inputs`, `env`, `secrets` and `tasks` are outside text, so they are not in `run`. */
export const sites = {
  'workflow-env': site('in `env`', ['inputs', 'env', 'secrets', 'execution', 'workspace']),
  'task-env': site('in `env`', everything),
  concurrency: site('in `concurrency`', ['inputs', 'env', 'execution', 'workspace']),
  defaults: site('in `defaults`', ['inputs', 'env', 'matrix', 'execution', 'workspace']),
  condition: { ...site('in `if`', everything), hasStatus: true },
  run: { ...site('in `run`', ['matrix', 'execution', 'workspace']), isShellText: true },
  'working-directory': site('in `working-directory`', noSecrets),
  with: site('in `with`', noSecrets),
  approval: site('in `approval`', noSecrets),
  http: site('in `http`', everything),
  outputs: site('in `outputs`', ['inputs', 'env', 'tasks', 'execution', 'workspace']),
} as const satisfies Record<string, Site>;
export type SiteName = keyof typeof sites;

function site(words: string, contexts: readonly ContextName[]): Site {
  return { words, contexts, hasStatus: false, isShellText: false };
}

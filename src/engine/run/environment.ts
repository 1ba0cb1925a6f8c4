/** A layer of environment variables; undefined removes the variable. */
export type EnvironmentLayer = Readonly<Record<string, string | undefined>>;

/**
 * One environment from layers, later ones winning. On Windows names differ in case only are one variable, and the
 * later layer's spelling is kept.
 */
export function layerEnvironment(
  layers: readonly EnvironmentLayer[],
  platform: NodeJS.Platform,
): Record<string, string> {
  const result: Record<string, string> = {};
  const spelling = new Map<string, string>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      if (platform === 'win32') {
        const folded = name.toUpperCase();
        const known = spelling.get(folded);
        if (known !== undefined && known !== name) Reflect.deleteProperty(result, known);
        spelling.set(folded, name);
      }
      if (value === undefined) Reflect.deleteProperty(result, name);
      else result[name] = value;
    }
  }
  return result;
}

/** The environment of a process: what those of one execution share (one object for all), under what is its own. */
export interface ProcessEnvironment {
  readonly shared: Readonly<Record<string, string>>;
  readonly own: Readonly<Record<string, string>>;
}

/** All that a process gets. */
export function wholeEnvironment(
  { shared, own }: ProcessEnvironment,
  platform: NodeJS.Platform,
): Record<string, string> {
  return layerEnvironment([shared, own], platform);
}

/** As much of it as a search for a program looks at. */
export function searchEnvironment(
  environment: ProcessEnvironment,
  platform: NodeJS.Platform,
): Readonly<Record<string, string>> {
  if (platform === 'win32') return wholeEnvironment(environment, platform);
  const searchPath = environment.own['PATH'] ?? environment.shared['PATH'];
  return searchPath === undefined ? {} : { PATH: searchPath };
}

/** What the process that carries us needs and a task must not inherit. */
const ownVariables: readonly string[] = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ATTACH_CONSOLE'];

/** The user's environment without what is only meant for this program, or for a task that runs this program. */
export function userEnvironment(environment: EnvironmentLayer): EnvironmentLayer {
  const kept: Record<string, string | undefined> = { ...environment };
  for (const name of [...ownVariables, ...Object.keys(attemptVariables(noAttempt))]) {
    Reflect.deleteProperty(kept, name);
  }
  return kept;
}

/** What every task is told about itself. */
export interface AttemptFacts {
  readonly execution: string;
  readonly task: string;
  readonly attempt: number;
  readonly workspace: string;
  /** Absolute path of the file for `name=value` lines. */
  readonly outputFile: string;
}

/** The `AGENT_…` variables of an attempt. */
export function attemptVariables(facts: AttemptFacts): Record<string, string> {
  return {
    AGENT_OUTPUT: facts.outputFile,
    AGENT_EXECUTION_ID: facts.execution,
    AGENT_TASK_ID: facts.task,
    AGENT_ATTEMPT: String(facts.attempt),
    AGENT_WORKSPACE: facts.workspace,
  };
}

const noAttempt: AttemptFacts = {
  execution: '',
  task: '',
  attempt: 0,
  workspace: '',
  outputFile: '',
};

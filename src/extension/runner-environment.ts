/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the user's tasks see: the editor's environment without what is the editor's own business. A task that starts
 * an Electron program must not find `ELECTRON_RUN_AS_NODE`, and one that starts `code` must not talk to this window's
 * pipes.
 */
export function taskEnvironment(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => value !== undefined && !isOfTheEditor(name),
    ),
  );
}

/** What the runner itself needs: the same, and in desktop VS Code that the editor's binary behaves as Node. */
export function runnerEnvironment(environment: Environment, isElectron: boolean): Environment {
  const result = taskEnvironment(environment);
  return isElectron ? { ...result, ELECTRON_RUN_AS_NODE: '1' } : result;
}

function isOfTheEditor(name: string): boolean {
  // Names have no case on Windows.
  const upper = name.toUpperCase();
  return (
    upper.startsWith('VSCODE_') ||
    upper.startsWith('ELECTRON_') ||
    upper === 'APPLICATION_INSIGHTS_NO_STATSBEAT'
  );
}

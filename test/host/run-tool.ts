import { spawn } from 'node:child_process';

/** How a program that we waited for ended. */
export interface ToolResult {
  /** `null` when a signal or the time limit ended it, or when it could not be started. */
  readonly exitCode: number | null;
  /** stdout and stderr together, as they came. */
  readonly output: string;
}

/** What `runTool` may be told. */
export interface ToolOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** Runs a program without a shell and collects what it says. Never rejects. */
export function runTool(
  command: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) =>
      resolve({ exitCode: null, output: `${output}${error.message}` }),
    );
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}

/** The end of a long output, for an error message. */
export function lastLines(text: string, count = 20): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

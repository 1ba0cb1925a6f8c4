import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../../model/result.ts';
import type { Shell } from '../../../model/workflow.ts';

/** A program and its arguments. */
export interface ShellCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Arguments are passed as one line, without the quoting rules of usual programs (`cmd` only). */
  readonly isVerbatim: boolean;
}

/** How a shell takes a script. */
interface ShellHabit {
  /** The script as an argument; null where the shell cannot take it so. */
  readonly inline: ((script: string) => readonly string[]) | null;
  readonly fromFile: (file: string) => readonly string[];
  readonly extension: string;
  /** What the file holds for a script. */
  readonly wrap?: (script: string) => string;
  readonly isVerbatim?: boolean;
}

const bashOptions = ['--noprofile', '--norc', '-eo', 'pipefail'];

const habits: Readonly<Record<Shell, ShellHabit>> = {
  bash: {
    inline: (script) => [...bashOptions, '-c', '--', script],
    fromFile: (file) => [...bashOptions, file],
    extension: '.sh',
  },
  sh: {
    inline: (script) => ['-ec', '--', script],
    fromFile: (file) => ['-e', file],
    extension: '.sh',
  },
  zsh: {
    inline: (script) => ['-f', '-eo', 'pipefail', '-c', '--', script],
    fromFile: (file) => ['-f', '-eo', 'pipefail', file],
    extension: '.zsh',
  },
  python: { inline: (script) => ['-c', script], fromFile: (file) => [file], extension: '.py' },
  // Not `.js`: in a workspace of ES modules that is another language than that of `--eval`.
  node: { inline: (script) => [`--eval=${script}`], fromFile: (file) => [file], extension: '.cjs' },
  pwsh: {
    inline: null,
    fromFile: (file) => [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      `. '${file.replaceAll("'", "''")}'`,
    ],
    extension: '.ps1',
    // Without these PowerShell goes on after an error, and forgets the exit code of the last program.
    wrap: (script) =>
      `$ErrorActionPreference = 'stop'\n${script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }\n`,
  },
  cmd: {
    inline: null,
    fromFile: (file) => ['/d', '/e:on', '/v:off', '/s', '/c', `"call "${file}""`],
    extension: '.cmd',
    wrap: (script) => `@echo off\r\n${script.replace(/\r?\n/g, '\r\n')}\r\n`,
    isVerbatim: true,
  },
};

/**
 * The longest script that is passed as an argument. As an argument it starts 0.5 ms sooner than from a file and needs
 * no file, and a last command takes the shell's place, so that signals reach it; but Linux takes 128 KB an
 * argument and Windows 32 K characters a command line.
 */
const longestInline = 16_000;

/** Whether the script of this shell has to be in a file. */
export function needsScriptFile(shell: Shell, script: string): boolean {
  return habits[shell].inline === null || Buffer.byteLength(script) > longestInline;
}

/** Where a shell's script file goes and what it holds; `base` is the path without its ending. */
export function scriptFileOf(
  shell: Shell,
  script: string,
  base: string,
): { readonly path: string; readonly content: string } {
  const { extension, wrap } = habits[shell];
  return { path: `${base}${extension}`, content: wrap?.(script) ?? script };
}

/** Finds shells on the task's PATH, once for each PATH. */
export class ShellFinder {
  readonly #found = new Map<string, string | null>();
  readonly #platform: NodeJS.Platform;

  constructor(platform: NodeJS.Platform) {
    this.#platform = platform;
  }

  /** The platform's own choice: bash or sh; on Windows pwsh or cmd. */
  defaultShell(environment: Readonly<Record<string, string>>): Shell {
    const [wanted, other]: readonly [Shell, Shell] =
      this.#platform === 'win32' ? ['pwsh', 'cmd'] : ['bash', 'sh'];
    return this.#find(wanted, environment) === null ? other : wanted;
  }

  /** The command that runs a script, given as text or as a file. Code `spawn` when the shell is not installed. */
  command(
    shell: Shell,
    script: { readonly text: string } | { readonly file: string },
    environment: Readonly<Record<string, string>>,
  ): Result<ShellCommand> {
    const file = this.#find(shell, environment);
    if (file === null) {
      return fail(
        'spawn',
        `the shell "${shell}" was not found on PATH; install it, or name another one in \`shell\``,
      );
    }
    const habit = habits[shell];
    const args =
      'file' in script ? habit.fromFile(script.file) : (habit.inline?.(script.text) ?? []);
    return ok({ file, args, isVerbatim: habit.isVerbatim ?? false });
  }

  #find(shell: Shell, environment: Readonly<Record<string, string>>): string | null {
    const searchPath = pathVariable(environment, this.#platform);
    const key = `${shell}\0${searchPath}`;
    let file = this.#found.get(key);
    if (file === undefined) {
      file =
        namesOf(shell)
          .map((name) => findOnPath(name, searchPath, this.#platform))
          .find((found) => found !== null) ?? null;
      this.#found.set(key, file);
    }
    return file;
  }
}

function namesOf(shell: Shell): readonly string[] {
  // Many systems have no plain `python`.
  return shell === 'python' ? ['python3', 'python'] : [shell];
}

function pathVariable(
  environment: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): string {
  if (platform !== 'win32') return environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH');
  return (name === undefined ? undefined : environment[name]) ?? '';
}

/** Absolute path of a program; searching here, once, is quicker than each start doing it. */
function findOnPath(name: string, searchPath: string, platform: NodeJS.Platform): string | null {
  const names = platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of searchPath.split(platform === 'win32' ? ';' : ':')) {
    // An empty part means the current folder, where no shell should come from. The bash in the Windows folder
    // belongs to another system (WSL) that does not know our paths.
    if (!path.isAbsolute(folder)) continue;
    if (platform === 'win32' && name === 'bash' && /\\windows\\system32/i.test(folder)) continue;
    for (const candidate of names) {
      const file = path.join(folder, candidate);
      if (isProgram(file)) return file;
    }
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    // Asked first, since it says of a file that is not there that it is not there, without an error to be made.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

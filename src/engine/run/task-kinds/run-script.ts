import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../../model/disposable.ts';
import { logNameOf } from '../../../model/ids.ts';
import { fail, messageOf, ok, type Result } from '../../../model/result.ts';
import type { RunAction } from '../../../model/workflow.ts';
import { evaluateScript, evaluateTemplate } from '../../expressions/evaluate.ts';
import { nodeDisk } from '../../store/disk.ts';
import { attemptVariables, layerEnvironment } from '../environment.ts';
import {
  endProcessTree,
  hardSteps,
  leftoverSteps,
  softSteps,
} from '../processes/end-process-tree.ts';
import { processTreeOf, type ProcessTree } from '../processes/process-tree.ts';
import {
  failedEnd,
  stoppedEnd,
  type AttemptEnd,
  type AttemptPlan,
  type RunningAttempt,
  type StopCause,
} from './attempt.ts';
import { makeOutputFolder, outputFileOf, writePrivateFile } from './attempt-files.ts';
import { describeExit } from './describe-exit.ts';
import { evaluateEnvironment } from './evaluate-environment.ts';
import { maskInto } from './masked-log.ts';
import { takeOutputs } from './read-outputs.ts';
import { needsScriptFile, scriptFileOf, type ShellCommand } from './shells.ts';

/** How long output may still come after the process itself is gone, where it goes through a mask. */
const lastOutputMs = 2000;

/**
 * Runs a script in a shell, as the leader of a process group of its own, with its output straight in the log file.
 * When the script ends, what it left running in its group is ended too; what left the group (a daemon) lives on.
 */
export function startScript(plan: AttemptPlan, action: RunAction): Result<RunningAttempt> {
  try {
    const prepared = prepare(plan, action);
    return prepared.ok ? ok(launch(plan, prepared.value)) : prepared;
  } catch (error) {
    // For example an environment that is larger than the system takes, or a NUL in a value.
    return fail('spawn', `the shell could not be started: ${messageOf(error)}`);
  }
}

interface PreparedScript {
  readonly command: ShellCommand;
  readonly environment: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly outputFile: string;
  readonly scriptFile: string | null;
}

function prepare(plan: AttemptPlan, action: RunAction): Result<PreparedScript> {
  const { surroundings, spec } = plan;
  const own = evaluateEnvironment(plan);
  if (!own.ok) return own;
  const scope = plan.scope(own.value);
  const script = action.run.includes('${{') ? evaluateScript(action.run, scope) : ok(action.run);
  if (!script.ok) return script;
  const directory =
    spec.workingDirectory === null ? ok('.') : evaluateTemplate(spec.workingDirectory, scope);
  if (!directory.ok) return directory;
  const folder = path.resolve(surroundings.workspace, directory.value);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return fail('spawn', `the working-directory "${directory.value}" is no folder (${folder})`);
  }
  const fileName = `${logNameOf(plan.task)}.${String(plan.attempt)}`;
  const outputFile = outputFileOf(surroundings.folder, fileName);
  const variables = attemptVariables({
    execution: surroundings.executionId,
    task: plan.task,
    attempt: plan.attempt,
    workspace: surroundings.workspace,
    outputFile,
  });
  const environment = layerEnvironment(
    [surroundings.environment, own.value, variables],
    surroundings.platform,
  );
  const shell = action.shell ?? surroundings.shells.defaultShell(environment);
  const file = needsScriptFile(shell, script.value)
    ? scriptFileOf(shell, script.value, path.join(surroundings.folder, 'scripts', fileName))
    : null;
  const command = surroundings.shells.command(
    shell,
    file === null ? { text: script.value } : { file: file.path },
    environment,
  );
  if (!command.ok) return command;
  if (file !== null) writePrivateFile(file.path, file.content);
  makeOutputFolder(surroundings.folder);
  const scriptFile = file?.path ?? null;
  return ok({ command: command.value, environment, variables, folder, outputFile, scriptFile });
}

function launch(plan: AttemptPlan, prepared: PreparedScript): RunningAttempt {
  const { surroundings } = plan;
  const log = openSync(plan.logFile, 'a', 0o600);
  const isMasked = surroundings.secretWords.length > 0;
  const stdio: StdioOptions = isMasked ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log];
  let child: ChildProcess;
  try {
    child = spawn(prepared.command.file, prepared.command.args, {
      cwd: prepared.folder,
      env: prepared.environment,
      stdio,
      // A group of its own, so that the whole tree can be reached by one signal. On Windows this would open a
      // console window, and the tree is found by its parents there.
      detached: surroundings.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: prepared.command.isVerbatim,
    });
  } catch (error) {
    closeSync(log);
    throw error;
  }
  const flushed = isMasked ? maskInto(log, child, surroundings.secretWords) : null;
  if (!isMasked) closeSync(log);
  return new RunningScript(plan, prepared, child, flushed);
}

class RunningScript implements RunningAttempt {
  readonly #plan: AttemptPlan;
  readonly #prepared: PreparedScript;
  /** Ends when the last output is in the log; null where the process writes the log itself. */
  readonly #flushed: Promise<void> | null;
  readonly #startedMs: number;
  readonly #tree: ProcessTree | null;
  #stopCause: StopCause | null = null;
  #ender: (Disposable & { harden(): void }) | null = null;
  #exit: { readonly code: number | null; readonly signal: string | null } | null = null;
  #isTreeGone = false;
  #isOver = false;

  constructor(
    plan: AttemptPlan,
    prepared: PreparedScript,
    child: ChildProcess,
    flushed: Promise<void> | null,
  ) {
    this.#plan = plan;
    this.#prepared = prepared;
    this.#flushed = flushed;
    const { clock, platform } = plan.surroundings;
    this.#startedMs = clock.monotonicMs();
    this.#tree =
      child.pid === undefined ? null : processTreeOf(child.pid, prepared.variables, platform);
    child.on('error', (error) => {
      // Only a start that failed ends here: errors of `kill` come without an end of the process.
      if (child.pid !== undefined) return;
      this.#finish(failedEnd('spawn', `the shell could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      this.#exit = { code, signal };
      this.#whenExited();
    });
    if (child.pid !== undefined) plan.onSpawned(child.pid);
  }

  stop(cause: StopCause): void {
    if (this.#isOver || this.#tree === null) return;
    this.#stopCause ??= cause;
    if (this.#ender !== null) {
      if (cause === 'kill') this.#ender.harden();
      return;
    }
    this.#endTree(cause === 'kill' ? hardSteps : softSteps);
  }

  dispose(): void {
    this.#isOver = true;
    this.#ender?.dispose();
    if (this.#exit === null || this.#tree?.hasGroup() === true) this.#tree?.signal('SIGKILL');
  }

  #endTree(steps: typeof softSteps): void {
    const tree = this.#tree;
    if (tree === null) return;
    this.#ender = endProcessTree({
      tree,
      clock: this.#plan.surroundings.clock,
      steps,
      onGone: () => {
        this.#isTreeGone = true;
        if (this.#exit !== null) this.#close(this.#exit);
      },
    });
  }

  #whenExited(): void {
    const exit = this.#exit;
    if (this.#isOver || exit === null) return;
    if (this.#ender === null) {
      // The usual case: nobody stopped it and nothing is left.
      if (this.#tree?.hasGroup() !== true) this.#close(exit);
      else this.#endTree(leftoverSteps);
    } else if (this.#isTreeGone) this.#close(exit);
  }

  #close(exit: { readonly code: number | null; readonly signal: string | null }): void {
    if (this.#flushed === null) {
      this.#conclude(exit);
      return;
    }
    const { clock } = this.#plan.surroundings;
    const late = clock.after(lastOutputMs, () => {
      this.#conclude(exit);
    });
    void this.#flushed.then(() => {
      late.dispose();
      this.#conclude(exit);
    });
  }

  #conclude(exit: { readonly code: number | null; readonly signal: string | null }): void {
    if (this.#isOver) return;
    try {
      this.#finish(this.#judge(exit));
    } catch (error) {
      this.#finish(failedEnd('internal', `its end could not be handled: ${messageOf(error)}`));
    }
  }

  #judge(exit: { readonly code: number | null; readonly signal: string | null }): AttemptEnd {
    const { surroundings, spec } = this.#plan;
    const outputs = takeOutputs(this.#prepared.outputFile, surroundings.secretWords);
    if (this.#stopCause !== null) {
      const details = { timeoutMs: spec.timeoutMs, exitCode: exit.code, signal: exit.signal };
      return stoppedEnd(this.#stopCause, details);
    }
    const end = describeExit({
      ...exit,
      durationMs: surroundings.clock.monotonicMs() - this.#startedMs,
      outputs: outputs.ok ? outputs.value : {},
      isDiskFull: exit.code !== 0 && !nodeDisk.hasRoom(path.dirname(this.#plan.logFile)),
    });
    // A script that failed has a better reason than its outputs.
    return !outputs.ok && end.status === 'succeeded'
      ? failedEnd('output', outputs.error.message)
      : end;
  }

  #finish(end: AttemptEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#prepared.scriptFile !== null) rmSync(this.#prepared.scriptFile, { force: true });
    this.#plan.onEnd(end);
  }
}

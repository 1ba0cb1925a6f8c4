import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../../../model/disposable.ts';
import { fail, messageOf, ok, type Result } from '../../../model/result.ts';
import type { RunAction } from '../../../model/workflow.ts';
import { nodeDisk } from '../../store/disk.ts';
import {
  endProcessTree,
  hardSteps,
  leftoverSteps,
  softSteps,
} from '../processes/end-process-tree.ts';
import type {
  HeldProcess,
  ProcessExit,
  ProcessRequest,
  ProcessWatcher,
  RequestedProcess,
} from '../processes/process-starter.ts';
import { processTreeOf, type ProcessTree } from '../processes/process-tree.ts';
import {
  failedEnd,
  stoppedEnd,
  type AttemptEnd,
  type AttemptPlan,
  type HeldAttempt,
  type RunningAttempt,
  type StopCause,
} from './attempt.ts';
import { describeExit } from './describe-exit.ts';
import { prepareScript, writeScript, type PreparedScript } from './prepare-script.ts';
import { takeOutputs } from './read-outputs.ts';

/** How long output may still come after the process itself is gone, where it goes through a mask. */
const lastOutputMs = 2000;

/**
 * Runs a script in a shell, as the leader of a process group of its own, with its output straight in the log file.
 * When the script ends, what it left running in its group is ended too; what left the group (a daemon) lives on.
 */
export function startScript(plan: AttemptPlan, action: RunAction): Result<RunningAttempt> {
  try {
    const prepared = prepareScript(plan, action);
    if (!prepared.ok) return prepared;
    writeScript(plan, prepared.value);
    const script = new RunningScript(plan, prepared.value);
    script.start();
    return ok(script);
  } catch (error) {
    // For example an environment that is larger than the system takes, or a NUL in a value.
    return fail('spawn', `the shell could not be started: ${messageOf(error)}`);
  }
}

/**
 * The same, up to the point where the process would become the shell: for while the record of the start is written. Null
 * where that is not worth it or does not work; then `startScript` tells why.
 */
export function holdScript(plan: AttemptPlan, action: RunAction): HeldAttempt | null {
  const { starter, secretWords } = plan.surroundings;
  if (!starter.canHold || secretWords.length > 0) return null;
  try {
    const prepared = prepareScript(plan, action);
    // Nothing of a script is written before its start is recorded.
    if (!prepared.ok || prepared.value.scriptFile !== null) return null;
    const script = new RunningScript(plan, prepared.value);
    if (!script.hold()) return null;
    writeScript(plan, prepared.value);
    return script;
  } catch {
    return null;
  }
}

class RunningScript implements HeldAttempt {
  readonly #plan: AttemptPlan;
  readonly #prepared: PreparedScript;
  #process: RequestedProcess | null = null;
  #held: HeldProcess | null = null;
  #startedMs = 0;
  /** Null until the process is known to exist. */
  #tree: ProcessTree | null = null;
  #stopCause: StopCause | null = null;
  /** A kill was asked for, maybe after a softer cause. */
  #isHurried = false;
  #ender: (Disposable & { harden(): void }) | null = null;
  #exit: ProcessExit | null = null;
  #isTreeGone = false;
  #isOver = false;

  constructor(plan: AttemptPlan, prepared: PreparedScript) {
    this.#plan = plan;
    this.#prepared = prepared;
  }

  start(): void {
    const { clock, starter } = this.#plan.surroundings;
    this.#startedMs = clock.monotonicMs();
    this.#process = starter.start(this.#request(), this.#watcher());
  }

  /** False when it has to be started when the time has come. */
  hold(): boolean {
    this.#held = this.#plan.surroundings.starter.hold(this.#request(), this.#watcher());
    this.#process = this.#held;
    return this.#held !== null;
  }

  letGo(): void {
    this.#startedMs = this.#plan.surroundings.clock.monotonicMs();
    this.#held?.letGo();
  }

  #request(): ProcessRequest {
    const { logFile, surroundings } = this.#plan;
    const { secretWords } = surroundings;
    return { ...this.#prepared, ...this.#prepared.command, logFile, secretWords };
  }

  #watcher(): ProcessWatcher {
    return {
      onSpawned: (pid, startTime) => {
        if (this.#isOver) return;
        const { platform } = this.#plan.surroundings;
        this.#tree = processTreeOf(pid, this.#prepared.variables, platform);
        this.#plan.onSpawned(pid, startTime);
        // It was told to stop before it was known.
        if (this.#stopCause !== null) this.#beginStop();
      },
      onFailed: (message) => {
        this.#finish(failedEnd('spawn', `the shell could not be started: ${message}`));
      },
      onExit: (exit) => {
        this.#exit = exit;
        this.#whenExited();
      },
    };
  }

  stop(cause: StopCause): void {
    if (this.#isOver) return;
    this.#stopCause ??= cause;
    if (cause === 'kill') this.#isHurried = true;
    if (this.#ender === null) this.#beginStop();
    else if (cause === 'kill') this.#ender.harden();
  }

  dispose(): void {
    this.#isOver = true;
    this.#ender?.dispose();
    if (this.#tree === null) this.#process?.drop();
    else if (this.#exit === null || this.#tree.hasGroup()) this.#tree.signal('SIGKILL');
  }

  /** Does nothing until the process is known. */
  #beginStop(): void {
    this.#endTree(this.#isHurried ? hardSteps : softSteps);
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
      const isAlone = exit.kind === 'known' && exit.isAlone;
      if (isAlone || this.#tree?.hasGroup() !== true) this.#close(exit);
      else this.#endTree(leftoverSteps);
    } else if (this.#isTreeGone) this.#close(exit);
  }

  #close(exit: ProcessExit): void {
    const flushed = this.#process?.flushed ?? null;
    if (flushed === null) {
      this.#conclude(exit);
      return;
    }
    const { clock } = this.#plan.surroundings;
    const late = clock.after(lastOutputMs, () => {
      this.#conclude(exit);
    });
    void flushed.then(() => {
      late.dispose();
      this.#conclude(exit);
    });
  }

  #conclude(exit: ProcessExit): void {
    if (this.#isOver) return;
    try {
      this.#finish(this.#judge(exit));
    } catch (error) {
      this.#finish(failedEnd('internal', `its end could not be handled: ${messageOf(error)}`));
    }
  }

  #judge(exit: ProcessExit): AttemptEnd {
    const { surroundings, spec } = this.#plan;
    const outputs = takeOutputs(this.#prepared.outputFile, surroundings.secretWords);
    if (this.#stopCause !== null) {
      const { code, signal } = exit.kind === 'known' ? exit : { code: null, signal: null };
      const details = { timeoutMs: spec.timeoutMs, exitCode: code, signal };
      return stoppedEnd(this.#stopCause, details);
    }
    if (exit.kind === 'unknown') return failedEnd('internal', exit.message);
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
    const { scriptFile } = this.#prepared;
    if (scriptFile !== null) rmSync(scriptFile.path, { force: true });
    this.#plan.onEnd(end);
  }
}

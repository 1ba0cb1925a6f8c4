import { formatDuration } from '../../../model/duration.ts';
import type { AttemptEnd } from './attempt.ts';
import { failedEnd } from './attempt.ts';

/** The end of a script that nobody stopped, from what its process left. */
export function describeExit(exit: {
  readonly code: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether there is no room for its output. */
  readonly isDiskFull: boolean;
}): AttemptEnd {
  const { code, signal } = exit;
  if (code === 0) {
    const { outputs } = exit;
    return { status: 'succeeded', reason: null, message: null, exitCode: 0, signal: null, outputs };
  }
  const after = formatDuration(exit.durationMs);
  const end =
    code === null
      ? failedEnd(
          'signal',
          `was ended by ${signal ?? 'a signal'} after ${after}${whySignal(signal)}`,
          {
            signal,
          },
        )
      : failedEnd(
          'exit',
          `exited with code ${String(code)} after ${after}${exit.isDiskFull ? ' (the disk is full)' : whyCode(code)}`,
          { exitCode: code },
        );
  // What a task wrote before it failed is kept, as on GitHub.
  return { ...end, outputs: exit.outputs };
}

function whySignal(signal: string | null): string {
  if (signal === 'SIGKILL') return ' (killed from outside, or the system ran out of memory)';
  if (signal === 'SIGSEGV' || signal === 'SIGBUS' || signal === 'SIGILL') return ' (it crashed)';
  return '';
}

function whyCode(code: number): string {
  if (code === 126) return ' (a command could not be executed)';
  if (code === 127) return ' (a command was not found)';
  if (code === 130) return ' (interrupted)';
  if (code === 137) return ' (a command was killed from outside, or the system ran out of memory)';
  if (code === 139) return ' (a command crashed)';
  return '';
}

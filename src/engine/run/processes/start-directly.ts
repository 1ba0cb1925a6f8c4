import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { processStartTime } from '../../liveness/owner.ts';
import { wholeEnvironment } from '../environment.ts';
import type { OutputMasks } from '../mask-output.ts';
import { maskInto } from '../task-kinds/masked-log.ts';
import type { ProcessRequest, ProcessWatcher, RequestedProcess } from './process-starter.ts';

/** Starts a process as a child of this one. It has been told of, or has failed, when this returns. */
export function startDirectly(
  request: ProcessRequest,
  watcher: ProcessWatcher,
  { platform, masks }: { readonly platform: NodeJS.Platform; readonly masks: OutputMasks },
): RequestedProcess {
  const { secretWords } = request;
  const isMasked = secretWords.length > 0;
  const log = openSync(request.logFile, 'a', 0o600);
  const child = spawnInto(request, isMasked ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log], {
    log,
    platform,
  });
  const flushed = isMasked ? maskInto(log, child, () => masks.create(secretWords)) : null;
  if (!isMasked) closeSync(log);
  const { pid } = child;
  child.on('error', (error) => {
    // Only a start that failed is told: errors of `kill` come without an end of the process.
    if (pid === undefined) watcher.onFailed(error.message);
  });
  child.on('exit', (code, signal) => {
    watcher.onExit({ kind: 'known', code, signal, isAlone: false });
  });
  if (pid !== undefined) watcher.onSpawned(pid, processStartTime(pid));
  return { flushed, drop: () => undefined };
}

function spawnInto(
  request: ProcessRequest,
  stdio: StdioOptions,
  { log, platform }: { readonly log: number; readonly platform: NodeJS.Platform },
): ChildProcess {
  try {
    return spawn(request.file, request.args, {
      cwd: request.folder,
      env: wholeEnvironment(request.environment, platform),
      stdio,
      // A group of its own, so that the whole tree can be reached by one signal. On Windows this would open a
      // console window, and the tree is found by its parents there.
      detached: platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: request.isVerbatim,
    });
  } catch (error) {
    closeSync(log);
    throw error;
  }
}

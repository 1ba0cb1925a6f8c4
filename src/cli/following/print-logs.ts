import { readLogRange } from '../../engine/logs/read-log.ts';
import { logPath, type StateFolder } from '../../engine/store/state-folder.ts';
import { ok, type Result } from '../../model/result.ts';
import { logTitle, type LogSource } from './log-source.ts';
import type { Terminal } from '../terminal.ts';

/** Read and written piece by piece, so that a log of any size needs little memory. */
const pieceBytes = 256 * 1024;

/** Prints logs one after the other as they are, each under its title when there is more than one. */
export async function printLogs(
  terminal: Terminal,
  folder: StateFolder,
  sources: readonly LogSource[],
): Promise<Result<void>> {
  const { stdout, paint, glyphs } = terminal;
  for (const [index, source] of sources.entries()) {
    if (stdout.isClosed) break;
    if (sources.length > 1) {
      const rule = glyphs.line.repeat(2);
      const gap = index === 0 ? '' : '\n';
      stdout.write(`${gap}${paint('bold', `${rule} ${logTitle(source)} ${rule}`)}\n`);
    }
    const printed = await printLog(terminal, logPath(folder, source.attempt.log));
    if (!printed.ok) return printed;
  }
  return ok(undefined);
}

async function printLog(terminal: Terminal, path: string): Promise<Result<void>> {
  const { stdout } = terminal;
  let isLineOpen = false;
  for (let from = 0; !stdout.isClosed;) {
    const read = await readLogRange(path, from, pieceBytes);
    if (!read.ok) return read;
    const { bytes } = read.value;
    if (bytes.length === 0) break;
    stdout.write(bytes);
    await stdout.flush();
    from += bytes.length;
    isLineOpen = bytes.at(-1) !== 10;
  }
  // What is printed next must not stand behind the last line of a task.
  if (isLineOpen && stdout.isTerminal) stdout.write('\n');
  return ok(undefined);
}

/** The whole output as one JSON document. Bytes that are no UTF-8 become U+FFFD. */
export async function logsDocument(
  folder: StateFolder,
  execution: string,
  sources: readonly LogSource[],
): Promise<Result<unknown>> {
  const logs: unknown[] = [];
  for (const { task, attempt } of sources) {
    const read = await readLogRange(logPath(folder, attempt.log), 0, Number.MAX_SAFE_INTEGER);
    if (!read.ok) return read;
    logs.push({
      task,
      attempt: attempt.attempt,
      status: attempt.status,
      log: attempt.log,
      text: new TextDecoder().decode(read.value.bytes),
    });
  }
  return ok({ execution, logs });
}

/** One execution with everything that belongs to it, as a JSON document that stands alone. */
import type { Execution } from '../../model/execution.ts';
import { readLogRange } from '../logs/read-log.ts';
import { logPath, workflowCopyPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { readWhole } from '../store/write-file.ts';

/** Logs are read and written in pieces, so that one of any size needs little memory. */
const pieceBytes = 256 * 1024;

/**
 * The document, piece by piece: `{"format","version","executions":[{"execution","workflow","logs":[{"task","attempt",
 * "log","text"}]}]}`. Texts are as they were stored, with secrets masked; bytes that are no UTF-8 become U+FFFD.
 */
export async function* exportJson(
  folder: StateFolder,
  executions: readonly Execution[],
): AsyncGenerator<string> {
  yield '{\n"format": "agent-executor-export",\n"version": 1,\n"executions": [';
  for (const [index, execution] of executions.entries()) {
    yield `${index === 0 ? '' : ','}\n{\n"execution": ${JSON.stringify(execution, null, 2)},\n`;
    yield `"workflow": ${JSON.stringify(workflowText(folder, execution.id))},\n"logs": [`;
    let isFirst = true;
    for (const task of execution.tasks) {
      for (const { attempt, log } of task.attempts) {
        const head = JSON.stringify({ task: task.id, attempt, log }).slice(0, -1);
        yield `${isFirst ? '' : ','}\n${head},"text":"`;
        yield* logPieces(logPath(folder, log));
        yield '"}';
        isFirst = false;
      }
    }
    yield `${isFirst ? '' : '\n'}]\n}`;
  }
  yield '\n]\n}\n';
}

/** The inside of a JSON string. */
async function* logPieces(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const inside = (text: string): string => JSON.stringify(text).slice(1, -1);
  for (let from = 0; ;) {
    const read = await readLogRange(path, from, pieceBytes);
    // A log that cannot be read leaves the rest of the document useful.
    if (!read.ok || read.value.bytes.length === 0) break;
    from += read.value.bytes.length;
    yield inside(decoder.decode(read.value.bytes, { stream: true }));
  }
  yield inside(decoder.decode());
}

function workflowText(folder: StateFolder, id: string): string | null {
  try {
    const bytes = readWhole(folder.disk, workflowCopyPath(folder, id));
    return bytes === null ? null : new TextDecoder().decode(bytes);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}

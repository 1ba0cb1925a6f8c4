import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { Execution } from '../../model/execution.ts';
import { err, ok, type Result } from '../../model/result.ts';
import { readExecution } from '../store/read-execution.ts';
import type { StateFolder } from '../store/state-folder.ts';
import { storageFailure } from '../store/storage-failure.ts';
import { exportJson } from './export-json.ts';
import { exportJunit } from './export-junit.ts';

/** What can be exported to. */
export const exportFormats = ['json', 'junit'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The document of some executions, piece by piece; those that ran for their tasks follow them. */
export function exportExecutions(
  folder: StateFolder,
  executions: readonly Execution[],
  format: ExportFormat,
): AsyncGenerator<string> {
  const all = withChildren(folder, executions);
  return format === 'json' ? exportJson(folder, all) : exportJunit(folder, all);
}

/** Writes pieces to a file, which is replaced when all of them are there and not before. Code `storage`. */
export async function writePieces(
  file: string,
  pieces: AsyncIterable<string>,
): Promise<Result<void>> {
  const draft = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const handle = await open(draft, 'wx');
    try {
      for await (const piece of pieces) await handle.write(piece);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    return ok(undefined);
  } catch (error) {
    await rm(draft, { force: true });
    return err(storageFailure(`write ${file}`, error));
  }
}

function withChildren(folder: StateFolder, executions: readonly Execution[]): readonly Execution[] {
  const all = new Map(executions.map((execution) => [execution.id, execution]));
  // A map may grow while it is walked.
  for (const { tasks } of all.values()) {
    for (const { child } of tasks) {
      if (child === null || all.has(child)) continue;
      const read = readExecution(folder, child);
      if (read.ok) all.set(child, read.value);
    }
  }
  return [...all.values()];
}

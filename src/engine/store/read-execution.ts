/** Reads executions from their journals, which are the truth. */
import type { Execution } from '../../model/execution.ts';
import { executionIdPattern } from '../../model/ids.ts';
import { err, fail, ok, type Result } from '../../model/result.ts';
import { readChain } from './journal-chain.ts';
import { executionFolder, executionsFolder, isSafeId, type StateFolder } from './state-folder.ts';
import { storageFailure } from './storage-failure.ts';
import { namesIn } from './write-file.ts';

/** An execution from its journals. Codes: `unknown-execution`, `damaged`, `storage`. */
export function readExecution(folder: StateFolder, id: string): Result<Execution> {
  const chain = readChain(folder, id);
  return chain.ok ? ok(chain.value.execution) : chain;
}

/** The id that a unique prefix or `latest` means. Codes: `unknown-execution`, `ambiguous-execution`, `storage`. */
export function findExecutionId(folder: StateFolder, prefixOrLatest: string): Result<string> {
  let ids: readonly string[];
  try {
    // A whole id needs no look at all the others, which are many after some years.
    const isWhole = executionIdPattern.test(prefixOrLatest);
    if (isWhole && folder.disk.exists(executionFolder(folder, prefixOrLatest))) {
      return ok(prefixOrLatest);
    }
    ids = listExecutionIds(folder);
  } catch (error) {
    return err(storageFailure('list the executions', error));
  }
  if (prefixOrLatest === 'latest') {
    // A folder whose creation was cut short has no journal; skip it.
    const latest = ids.find((id) => readChain(folder, id).ok);
    return latest === undefined
      ? fail('unknown-execution', 'there is no execution yet')
      : ok(latest);
  }
  if (prefixOrLatest !== '' && ids.includes(prefixOrLatest)) return ok(prefixOrLatest);
  const found = prefixOrLatest === '' ? [] : ids.filter((id) => id.startsWith(prefixOrLatest));
  const [first, second] = found;
  if (first === undefined) {
    return fail(
      'unknown-execution',
      `there is no execution "${prefixOrLatest}"`,
      'See the ids with: agent-executor list --all',
    );
  }
  if (second === undefined) return ok(first);
  const some = found.slice(0, 5).join(', ');
  const more = found.length > 5 ? ', …' : '';
  return fail(
    'ambiguous-execution',
    `"${prefixOrLatest}" is the start of ${String(found.length)} ids: ${some}${more}`,
  );
}

/**
 * Ids on disk, newest first, optionally only those older than `before` and newer than `after`. Nothing but the folder
 * itself is read, so a page costs the same however large the executions are. Throws what the disk throws.
 */
export function listExecutionIds(
  folder: StateFolder,
  page: { readonly before?: string; readonly after?: string; readonly limit?: number } = {},
): readonly string[] {
  const { before, after, limit } = page;
  const ids = namesIn(folder.disk, executionsFolder(folder)).filter(
    (name) =>
      (before === undefined || name < before) &&
      (after === undefined || name > after) &&
      isSafeId(name),
  );
  ids.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  return limit === undefined ? ids : ids.slice(0, limit);
}

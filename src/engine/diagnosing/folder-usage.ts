/** What a state folder holds, in numbers. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Timestamp } from '../../model/execution.ts';
import { bytesOf } from '../history/find-gaps.ts';
import { historyFolder } from '../history/history-files.ts';
import { allExecutions, type ListingOptions } from '../history/list-executions.ts';
import { listExecutionIds, readExecution } from '../store/read-execution.ts';
import { quarantineFolder, viewPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { namesIn } from '../store/write-file.ts';
import { findLeftovers } from './leftovers.ts';

/** Things of one kind, and what they take. */
export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

/** The whole folder. */
export interface FolderUsage {
  readonly folder: string;
  /** All that is counted below. */
  readonly bytes: number;
  /** Executions that are over. */
  readonly finished: Amount;
  /** Executions that run, wait or are to be recovered. */
  readonly unfinished: Amount;
  /** Folders of executions that cannot be read. */
  readonly unreadable: Amount;
  /** The finished ones by agent, the largest first. */
  readonly agents: readonly (Amount & { readonly agent: string })[];
  readonly oldest: Timestamp | null;
  readonly newest: Timestamp | null;
  /** The index of the history: can be made anew from the rest. */
  readonly history: Amount;
  readonly quarantine: Amount;
  /** What dead processes left. */
  readonly leftovers: Amount;
  /** The view file and the log of background runners. */
  readonly other: Amount;
}

/** Counts. A long history is indexed on the way; throws what the disk throws. */
export async function readFolderUsage(
  folder: StateFolder,
  options: ListingOptions = {},
): Promise<FolderUsage> {
  const agents = new Map<string, { count: number; bytes: number }>();
  const known = new Set<string>();
  let [oldest, newest]: [Timestamp | null, Timestamp | null] = [null, null];
  for await (const entries of allExecutions(folder, [], options)) {
    for (const { id, agent, bytes, createdAt } of entries) {
      known.add(id);
      const amount = agents.get(agent) ?? { count: 0, bytes: 0 };
      agents.set(agent, { count: amount.count + 1, bytes: amount.bytes + bytes });
      if (oldest === null || createdAt < oldest) oldest = createdAt;
      if (newest === null || createdAt > newest) newest = createdAt;
    }
  }
  const others = listExecutionIds(folder)
    .filter((id) => !known.has(id))
    .map((id) => ({ bytes: bytesOf(folder, id), isReadable: readExecution(folder, id).ok }));
  const parts = {
    finished: sum([...agents.values()]),
    unfinished: sumOfFiles(others.filter(({ isReadable }) => isReadable)),
    unreadable: sumOfFiles(others.filter(({ isReadable }) => !isReadable)),
    history: amountIn(folder, historyFolder(folder)),
    quarantine: amountIn(folder, quarantineFolder(folder)),
    leftovers: sumOfFiles(findLeftovers(folder)),
    other: sumOfFiles([viewPath(folder), path.join(folder.root, 'runner.log')].flatMap(sizeOf)),
  };
  return {
    folder: folder.root,
    bytes: sum(Object.values(parts)).bytes,
    ...parts,
    agents: [...agents]
      .map(([agent, amount]) => ({ agent, ...amount }))
      .sort((a, b) => b.bytes - a.bytes || (a.agent < b.agent ? -1 : 1)),
    oldest,
    newest,
  };
}

function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce(
    (all, { count, bytes }) => ({ count: all.count + count, bytes: all.bytes + bytes }),
    { count: 0, bytes: 0 },
  );
}

function sumOfFiles(files: readonly { readonly bytes: number }[]): Amount {
  return sum(files.map(({ bytes }) => ({ count: 1, bytes })));
}

function amountIn(folder: StateFolder, place: string): Amount {
  return sumOfFiles(namesIn(folder.disk, place).flatMap((name) => sizeOf(path.join(place, name))));
}

function sizeOf(file: string): readonly { readonly bytes: number }[] {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat?.isFile() === true ? [{ bytes: stat.size }] : [];
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}

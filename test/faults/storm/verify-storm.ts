/** Compares what was acknowledged with what is on disk. */
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ViewFile } from '../../../src/model/execution.ts';
import { listExecutionIds, readExecution } from '../../../src/engine/store/read-execution.ts';
import { readSnapshot } from '../../../src/engine/store/state-follower.ts';
import {
  executionFolder,
  viewPath,
  type StateFolder,
} from '../../../src/engine/store/state-folder.ts';
import { readByFormat, type OracleRecord } from './journal-oracle.ts';

/** One acknowledged event, as the parent heard it. */
export interface Acknowledged {
  readonly id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly token: string;
}

/** What is on disk in the end. */
export interface StormVerdict {
  readonly executions: number;
  readonly lost: number;
  readonly doubled: number;
  readonly recovered: number;
  readonly resumed: number;
  readonly voided: number;
  readonly problems: readonly string[];
}

/** Reads every journal with the oracle and with the store, then the view file. */
export async function verifyStorm(
  folder: StateFolder,
  acknowledged: readonly Acknowledged[],
): Promise<StormVerdict> {
  // The last owners were killed a moment ago.
  const problems = [...(await waitForEnds(folder))];
  const byId = new Map<string, readonly OracleRecord[]>();
  let [doubled, recovered, resumed, voided] = [0, 0, 0, 0];
  for (const id of listExecutionIds(folder)) {
    const reading = readByFormat(executionFolder(folder, id));
    if (reading.records.length === 0) continue;
    byId.set(id, reading.records);
    voided += reading.voided;
    problems.push(...reading.problems.map((problem) => `${id}: ${problem}`));
    const claims = reading.records.filter((record) => record.type === 'execution-claimed');
    recovered += claims.filter((record) => record.why === 'recovery').length;
    resumed += claims.filter((record) => record.why === 'resume').length;
    const tokens = reading.records.flatMap((record) => record.token ?? []);
    doubled += tokens.length - new Set(tokens).size;
    problems.push(...compareWithStore(folder, id, reading.records));
  }
  const missing = acknowledged.filter((each) => !isThere(byId.get(each.id), each));
  problems.push(...missing.slice(0, 10).map((each) => `lost: ${JSON.stringify(each)}`));
  problems.push(...(await compareView(folder, byId)));
  const lost = missing.length;
  return { executions: byId.size, lost, doubled, recovered, resumed, voided, problems };
}

function isThere(records: readonly OracleRecord[] | undefined, wanted: Acknowledged): boolean {
  const found = records?.[wanted.seq - 1];
  if (found === undefined) return false;
  switch (wanted.token) {
    case 'created':
      return found.type === 'execution-created';
    case 'claimed':
      return found.type === 'execution-claimed' && found.epoch === wanted.epoch;
    default:
      return found.token === wanted.token && found.epoch === wanted.epoch;
  }
}

function compareWithStore(
  folder: StateFolder,
  id: string,
  records: readonly OracleRecord[],
): readonly string[] {
  const read = readExecution(folder, id);
  if (!read.ok) return [`${id}: ${read.error.message}`];
  const { epoch, seq, status } = read.value;
  const last = records.at(-1)!;
  if (epoch === last.epoch && seq === last.seq) return [];
  return [
    `${id}: the store reads ${epoch}.${seq} (${status}), the format says ${last.epoch}.${last.seq}`,
  ];
}

const patienceMs = 20_000;

/** All executions are over within some seconds of looking; those that are not. */
async function waitForEnds(folder: StateFolder): Promise<readonly string[]> {
  return until(async () => {
    const { executions } = await readSnapshot(folder);
    return executions
      .filter((each) => each.finishedAt === null)
      .map((each) => `${each.id} is ${each.status} for ever`);
  });
}

/** The newest executions, each in its last state, within some seconds of looking. */
async function compareView(
  folder: StateFolder,
  byId: ReadonlyMap<string, readonly OracleRecord[]>,
): Promise<readonly string[]> {
  return until(async () => {
    await readSnapshot(folder);
    return viewProblems(folder, byId);
  });
}

/** Asks until there are no problems any more. */
async function until(ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const problems = await ask();
    if (problems.length === 0 || performance.now() > end) return problems.slice(0, 10);
    await pause(200);
  }
}

function viewProblems(
  folder: StateFolder,
  byId: ReadonlyMap<string, readonly OracleRecord[]>,
): string[] {
  let view: ViewFile;
  try {
    view = JSON.parse(fs.readFileSync(viewPath(folder), 'utf8')) as ViewFile;
  } catch (error) {
    return [`the view file: ${String(error)}`];
  }
  const problems: string[] = [];
  for (const { id, epoch, seq } of view.executions) {
    const last = byId.get(id)?.at(-1);
    if (last?.epoch === epoch && last.seq === seq) continue;
    problems.push(
      `the view has ${id} at ${epoch}.${seq}, its journal at ${last?.epoch}.${last?.seq}`,
    );
  }
  const newest = [...byId.keys()].sort().reverse().slice(0, view.executions.length);
  const shown = new Set(view.executions.map((execution) => execution.id));
  const absent = newest.filter((id) => !shown.has(id));
  if (absent.length > 0) problems.push(`the view lacks ${absent.join(', ')}`);
  if (shown.size < Math.min(byId.size, 50))
    problems.push(`the view has only ${shown.size} entries`);
  return problems;
}

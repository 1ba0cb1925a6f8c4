/** Finished executions on the disk, written without the cost of creating each one durably. */
import fs from 'node:fs';
import path from 'node:path';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { encodeClaim, encodeEvents } from '../../../../src/engine/store/journal-line.ts';
import { executionFolder, type StateFolder } from '../../../../src/engine/store/state-folder.ts';
import { idOf, plan } from '../store/fixtures.ts';

/** How one of them ended. */
export interface Ended {
  readonly agent?: string;
  readonly status?: 'succeeded' | 'failed' | 'cancelled';
  readonly message?: string | null;
  readonly inputs?: Execution['inputs'];
  readonly parent?: string;
  readonly log?: string;
}

/** Writes the execution of a number: one task that ran for a second, ten seconds after the one before. */
export function writeFinished(folder: StateFolder, index: number, ended: Ended = {}): string {
  const id = idOf(index * 10);
  const { agent = 'a', status = 'succeeded', message = null, inputs = {} } = ended;
  const parent = ended.parent === undefined ? null : { execution: ended.parent, task: 't' };
  const execution = plan(id, 1, { agent, inputs, parent });
  const at = (seconds: number): string =>
    new Date(Date.parse(execution.createdAt) + seconds * 1000).toISOString();
  const outcome = { reason: status === 'failed' ? ('exit' as const) : null, message };
  const log = `executions/${id}/t0.1.log`;
  const events: ExecutionEvent[] = [
    { type: 'execution-created', at: execution.createdAt, execution },
    { type: 'execution-started', at: at(0) },
    { type: 'task-started', at: at(0), task: 't0', attempt: 1, log },
    {
      type: 'task-finished',
      at: at(1),
      task: 't0',
      attempt: 1,
      status,
      ...outcome,
      exitCode: status === 'succeeded' ? 0 : 1,
      signal: null,
      outputs: {},
    },
    { type: 'execution-finished', at: at(1), status, ...outcome, outputs: {} },
  ];
  const home = executionFolder(folder, id);
  fs.mkdirSync(home, { recursive: true });
  const claim = encodeClaim(1, 0, { prev: 0, prevBytes: 0 });
  const lines = Buffer.concat([claim, encodeEvents(1, 1, events)]);
  fs.writeFileSync(path.join(home, 'journal.1.jsonl'), lines);
  if (ended.log !== undefined) fs.writeFileSync(path.join(home, 't0.1.log'), ended.log);
  return id;
}

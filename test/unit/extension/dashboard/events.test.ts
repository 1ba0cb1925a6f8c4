import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeClaim, encodeEvents } from '../../../../src/engine/store/journal-line.ts';
import { nodeDisk, type Disk } from '../../../../src/engine/store/disk.ts';
import {
  claimPath,
  executionFolder,
  journalPath,
  stateFolderOf,
} from '../../../../src/engine/store/state-folder.ts';
import { describeEvent } from '../../../../src/extension/dashboard/describe-event.ts';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { pageEvents, toDataValues } from '../../../../src/extension/dashboard/page-events.ts';
import { JournalEvents } from '../../../../src/engine/store/journal-events.ts';
import type { ExecutionEvent } from '../../../../src/model/events.ts';
import { isDataValues, isEventsPage } from '../../../../src/protocol/events-messages.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { at, fakeExecution } from '../../../webview/fake-executions.ts';
import { newTask } from '../../model/build-execution.ts';

const nowMs = 1_800_000_000_000;
const { execution } = fakeExecution(1, 'running', nowMs);
const started: ExecutionEvent = { type: 'execution-started', at: at(nowMs) };

describe('the events of an execution', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'events-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('are those of every epoch, without what the next one did not count', () => {
    const folder = stateFolderOf(root, '.agent-executor');
    mkdirSync(executionFolder(folder, execution.id), { recursive: true });
    const good = Buffer.concat([
      encodeClaim(1, 0, { prev: 0, prevBytes: 0 }),
      encodeEvents(1, 1, [{ type: 'execution-created', at: at(nowMs), execution }, started]),
    ]);
    const late = encodeEvents(1, 3, [{ type: 'execution-waiting', at: at(nowMs) }]);
    writeFileSync(journalPath(folder, execution.id, 1), Buffer.concat([good, late]));
    writeFileSync(
      journalPath(folder, execution.id, 2),
      Buffer.concat([
        encodeClaim(2, 2, { prev: 1, prevBytes: good.length }),
        encodeEvents(2, 3, [
          { type: 'execution-cancelling', at: at(nowMs), by: 'me', how: 'cancel' },
        ]),
      ]),
    );
    assert.deepEqual(
      new JournalEvents(folder, execution.id).read().map(({ seq, event }) => [seq, event.type]),
      [
        [1, 'execution-created'],
        [2, 'execution-started'],
        [3, 'execution-cancelling'],
      ],
    );
  });

  it('grow by what was written since, and are read anew after a takeover or another file', () => {
    let bytesRead = 0;
    const disk: Disk = {
      ...nodeDisk,
      read(fd, bytes, offset, length, position) {
        const count = nodeDisk.read(fd, bytes, offset, length, position);
        bytesRead += count;
        return count;
      },
    };
    const folder = stateFolderOf(root, '.agent-executor', disk);
    mkdirSync(executionFolder(folder, execution.id), { recursive: true });
    const journal = (epoch: number): string => journalPath(folder, execution.id, epoch);
    const first = Buffer.concat([
      encodeClaim(1, 0, { prev: 0, prevBytes: 0 }),
      encodeEvents(1, 1, [{ type: 'execution-created', at: at(nowMs), execution }, started]),
    ]);
    const more = encodeEvents(1, 3, [{ type: 'execution-waiting', at: at(nowMs) }]);
    const events = new JournalEvents(folder, execution.id);
    const seqs = (): readonly number[] => events.read().map(({ seq }) => seq);
    writeFileSync(journal(1), first);
    assert.deepEqual(seqs(), [1, 2]);
    bytesRead = 0;
    writeFileSync(journal(1), more.subarray(0, 9), { flag: 'a' });
    assert.deepEqual(seqs(), [1, 2]);
    writeFileSync(journal(1), more.subarray(9), { flag: 'a' });
    assert.deepEqual(seqs(), [1, 2, 3]);
    assert.equal(bytesRead, 9 + more.length);
    writeFileSync(claimPath(folder, execution.id, 2), '');
    writeFileSync(journal(2), encodeClaim(2, 2, { prev: 1, prevBytes: first.length }));
    assert.deepEqual(seqs(), [1, 2]);
    rmSync(executionFolder(folder, execution.id), { recursive: true });
    assert.deepEqual(seqs(), []);
  });

  it('of an execution that is not there are none', () => {
    assert.deepEqual(new JournalEvents(stateFolderOf(root), execution.id).read(), []);
  });

  it('say why', () => {
    const { what, cause, tone, task } = describeEvent({
      seq: 9,
      event: {
        type: 'task-retrying',
        at: at(nowMs),
        task: 'test',
        attempt: 1,
        reason: 'exit',
        message: 'ended with exit code 1',
        exitCode: 1,
        signal: null,
        nextAttemptAt: at(nowMs + 2000),
      },
    });
    assert.deepEqual(
      [task, what, cause, tone],
      ['test', 'Attempt 1 failed, next in 2 s', 'exit: ended with exit code 1', 'attention'],
    );
  });

  it('come in pages that fit into a message, whatever they say', () => {
    const events = Array.from({ length: 950 }, (_, index) => ({
      seq: index + 1,
      event: {
        type: 'task-waiting',
        at: at(nowMs + index),
        task: 't'.repeat(390),
        attempt: 1,
        log: '',
        question: '\u0001'.repeat(5000),
      } as const,
    }));
    let before: number | null = null;
    const seen: number[] = [];
    for (;;) {
      const page = pageEvents(events, before);
      assert.ok(isEventsPage(page) && jsonBytes(page) <= maxMessageBytes);
      seen.unshift(...page.events.map(({ seq }) => seq));
      if (page.isFirst) break;
      before = page.events[0]?.seq ?? null;
    }
    assert.deepEqual(
      seen,
      events.map(({ seq }) => seq),
    );
  });
});

describe('inputs and outputs', () => {
  it('are shown in full, of every task, as much as fits', () => {
    const { execution: big } = fakeExecution(1, 'succeeded', nowMs, {
      inputs: { version: '2.4.0', empty: '' },
      outputs: { report: 'x'.repeat(5000) },
      tasks: Array.from({ length: 60 }, (_, index) =>
        newTask(`task-${String(index)}`, { outputs: { text: 'y'.repeat(1500) } }),
      ),
    });
    const data = toDataValues(big);
    assert.ok(isDataValues(data) && jsonBytes(data) <= maxMessageBytes);
    assert.deepEqual(data.values[0], {
      kind: 'input',
      task: null,
      name: 'version',
      value: '2.4.0',
      isCut: false,
    });
    assert.equal(data.values[2]?.isCut, true);
    assert.equal(data.values.length + data.more, 63);
  });
});

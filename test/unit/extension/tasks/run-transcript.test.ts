import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../../src/engine/ports.ts';
import { exitCodeOf, RunTranscript } from '../../../../src/extension/tasks/run-transcript.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { executionWith, failedTask, newAttempt } from '../build-folder.ts';

describe('RunTranscript', () => {
  let folder: string;
  let written: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'transcript-'));
    written = '';
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function transcriptOf(children: readonly Execution[] = []): RunTranscript {
    return new RunTranscript({
      logFile: (log) => path.join(folder, log),
      find: (id) => children.find((child) => child.id === id) ?? null,
      write: (text) => {
        written += text;
      },
    });
  }

  /** What a person sees: without colours and carriage returns. */
  const seen = (): readonly string[] =>
    written
      .replaceAll(/\u001b\[\d+m/g, '')
      .replaceAll('\r', '')
      .split('\n')
      .slice(0, -1);

  async function untilSeen(line: string): Promise<void> {
    const deadline = Date.now() + 5000;
    while (!seen().includes(line)) {
      if (Date.now() > deadline) assert.fail(`waited in vain for ${line} in ${seen().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const ended = {
    status: 'succeeded',
    attempt: 1,
    startedAt: '2026-11-22T14:15:03.000Z',
    finishedAt: '2026-11-22T14:15:15.400Z',
  } as const;
  const times = { startedAt: ended.startedAt, finishedAt: ended.finishedAt };

  it('shows output while the task runs, and how it ended after its output', async () => {
    const transcript = transcriptOf();
    writeFileSync(path.join(folder, 'a.log'), 'one\n');
    const running = newAttempt({ status: 'running', finishedAt: null, log: 'a.log' });
    const task = { status: 'running', attempt: 1, attempts: [running] } as const;
    transcript.update(executionWith({ a: task }));
    await untilSeen('one');
    appendFileSync(path.join(folder, 'a.log'), 'two');
    const over = executionWith(
      { a: { ...ended, attempts: [newAttempt({ log: 'a.log' })] } },
      { status: 'succeeded', agent: 'hello', id: 'x', ...times },
    );
    await transcript.finish(over);
    assert.deepEqual(seen(), [
      '── a ──',
      'one',
      'two',
      '✓ a succeeded in 12.4 s',
      'hello x succeeded in 12.4 s',
    ]);
  });

  it('ends with the task, without waiting for the next look at its log', async () => {
    writeFileSync(path.join(folder, 'a.log'), 'one\n');
    let write = (_text: string): void => undefined;
    const transcript = new RunTranscript({
      logFile: (log) => path.join(folder, log),
      find: () => null,
      write: (text) => {
        written += text;
        write(text);
      },
      // Time stands still: nothing that waits for it comes.
      clock: { ...systemClock, after: () => ({ dispose: () => undefined }) },
    });
    const shown = new Promise<void>((resolve) => {
      write = (text) => {
        if (text.includes('one')) resolve();
      };
    });
    const running = newAttempt({ status: 'running', finishedAt: null, log: 'a.log' });
    transcript.update(executionWith({ a: { status: 'running', attempt: 1, attempts: [running] } }));
    await shown;
    const attempts = [newAttempt({ log: 'a.log' })];
    await transcript.finish(executionWith({ a: { ...ended, attempts } }, { status: 'succeeded' }));
    assert.equal(seen()[1], 'one');
  });

  it('says why a task failed, with a message that cannot steer the terminal', async () => {
    const transcript = transcriptOf();
    const task = { ...failedTask, attempts: [], message: 'exit\u001b[2Jcode\n1' };
    const execution = executionWith(
      { a: task },
      { status: 'failed', message: 'a failed', agent: 'hello', id: 'x', ...times },
    );
    await transcript.finish(execution);
    assert.deepEqual(seen(), [
      '✗ a failed in 12.4 s: exit [2Jcode 1',
      'hello x failed in 12.4 s: a failed',
    ]);
  });

  it('tells a question once', () => {
    const transcript = transcriptOf();
    const execution = executionWith({
      ask: { kind: 'approval', status: 'waiting', question: 'Publish?' },
    });
    transcript.update(execution);
    transcript.update(execution);
    assert.deepEqual(seen(), ['? ask: Publish?', '  Approve or reject it in the Executions view.']);
    transcript.dispose();
  });

  it('shows the tasks of a workflow that is used under the task that uses it', async () => {
    writeFileSync(path.join(folder, 'b.log'), 'from below\n');
    const child = executionWith(
      { inner: { ...ended, attempts: [newAttempt({ log: 'b.log' })] } },
      { id: 'child', status: 'succeeded' },
    );
    const transcript = transcriptOf([child]);
    const execution = executionWith(
      { outer: { ...ended, kind: 'uses', child: 'child' } },
      { status: 'succeeded', agent: 'hello', id: 'x', ...times },
    );
    await transcript.finish(execution);
    assert.deepEqual(seen().slice(0, 2), ['── outer › inner ──', 'from below']);
    assert.ok(seen().includes('✓ outer › inner succeeded in 12.4 s'));
  });

  it('ends lines as a terminal wants it, whatever the program wrote', async () => {
    writeFileSync(path.join(folder, 'a.log'), 'one\r\ntwo\nthree');
    const transcript = transcriptOf();
    const attempts = [newAttempt({ log: 'a.log' })];
    await transcript.finish(executionWith({ a: { ...ended, attempts } }, { status: 'succeeded' }));
    assert.doesNotMatch(written, /(?<!\r)\n/);
    assert.deepEqual(seen().slice(1, 4), ['one', 'two', 'three']);
  });
});

describe('exitCodeOf', () => {
  const codeOf = (change: Partial<Execution>): number => exitCodeOf(executionWith({}, change));

  it('is what the command line ends with', () => {
    assert.equal(codeOf({ status: 'succeeded' }), 0);
    assert.equal(codeOf({ status: 'failed', reason: 'exit' }), 1);
    assert.equal(codeOf({ status: 'interrupted' }), 1);
    assert.equal(codeOf({ status: 'failed', reason: 'invalid-workflow' }), 2);
    assert.equal(codeOf({ status: 'cancelled' }), 130);
  });
});

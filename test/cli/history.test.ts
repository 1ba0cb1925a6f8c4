import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { stateFolderOf, type StateFolder } from '../../src/engine/store/state-folder.ts';
import { checkXml } from '../unit/engine/export/check-xml.ts';
import { idOf } from '../unit/engine/store/fixtures.ts';
import { writeFinished } from '../unit/engine/history/finished-executions.ts';
import { makeWorkspace, nodeWorkflow, removeWorkspace, runCli } from './command-line.ts';

describe('agent-executor, history', function () {
  this.timeout(60_000);
  let workspace: string;
  let folder: StateFolder;
  beforeEach(async () => {
    workspace = await makeWorkspace({ hello: nodeWorkflow("console.log('hi')") });
    folder = stateFolderOf(workspace);
  });
  afterEach(() => removeWorkspace(workspace));
  const cli = (...args: string[]) => runCli(workspace, args);
  const json = async <T>(...args: string[]): Promise<T> => {
    const { status, stdout, stderr } = await cli(...args, '--json');
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as T;
  };
  /** More than the view file keeps. */
  const writeMany = (count = 230): void => {
    for (let index = 0; index < count; index += 1) {
      const isBad = index % 100 === 7;
      const message = isBad ? `exited with code ${String(index)}` : null;
      writeFinished(folder, index, {
        status: isBad ? 'failed' : 'succeeded',
        message,
        log: 'hi\n',
      });
    }
  };
  interface Listed {
    readonly executions: { readonly id: string; readonly tasks: unknown[] }[];
    readonly next: string | null;
  }

  it('lists all executions, page by page, filtered, as whole executions', async () => {
    writeMany();
    const all = await json<Listed>('list', '--all');
    assert.equal(all.executions.length, 230);
    assert.ok(all.executions.every(({ tasks }) => tasks.length === 1));
    const page = await json<Listed>('list', '--limit', '3', '--after', idOf(50));
    assert.deepEqual(
      page.executions.map(({ id }) => id),
      [idOf(40), idOf(30), idOf(20)],
    );
    assert.equal(page.next, idOf(20));
    const last = await json<Listed>('list', '--limit', '3', '--after', idOf(20));
    assert.deepEqual([last.executions.length, last.next], [2, null]);
    const failed = await json<Listed>('list', '--status', 'failed', '--text', 'code 107');
    assert.deepEqual(
      failed.executions.map(({ id }) => id),
      [idOf(1070)],
    );
    const text = await cli('list', '--limit', '2');
    assert.match(text.stdout, new RegExp(`older ones: --after ${idOf(2280)}, --limit N, or --all`));
    const early = await json<Listed>('list', '--until', '2026-11-22T00:00:15Z');
    assert.deepEqual(
      early.executions.map(({ id }) => id),
      [idOf(10), idOf(0)],
    );
  });

  it('counts all executions, not only those of the view', async () => {
    writeMany();
    const { agents } = await json<{
      agents: { agent: string; executions: number; failed: number }[];
    }>('stats');
    assert.deepEqual(
      agents.map(({ agent, executions, failed }) => [agent, executions, failed]),
      [['a', 230, 3]],
    );
  });

  it('says what is wrong with an option', async () => {
    for (const [args, message] of [
      [['list', '--since', 'soon'], /--since needs a date .* not "soon"/],
      [['clean'], /say what may go: --keep N/],
      [['clean', '--keep', 'all'], /--keep needs a whole number, not "all"/],
      [['clean', '--max-size', 'big'], /--max-size needs a size such as 500MB or 2GB, not "big"/],
      [['export', '--format', 'junitt'], /unknown format "junitt"; did you mean "junit"\?/],
    ] as const) {
      const { status, stderr } = await cli(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });

  it('exports what ran as JSON and as JUnit', async () => {
    await cli('run', 'hello');
    const document = await json<{ executions: { logs: { task: string; text: string }[] }[] }>(
      'export',
    );
    const [log] = document.executions[0]?.logs ?? [];
    assert.deepEqual([log?.task, log?.text], ['work', 'hi\n']);
    assert.equal((await cli('export', '--format', 'junit', '-o', 'results.xml')).status, 0);
    const xml = fs.readFileSync(path.join(workspace, 'results.xml'), 'utf8');
    checkXml(xml);
    assert.match(xml, /<testcase classname="hello" name="work"/);
    const nowhere = await cli('export', '-o', 'no/such/results.xml');
    assert.equal(nowhere.status, 2);
    assert.match(nowhere.stderr, /could not write .*results\.xml: the folder is gone\n$/);
  });

  it('shows what the folder holds, and removes what is too much', async () => {
    writeMany(20);
    await cli('run', 'hello');
    fs.mkdirSync(path.join(folder.root, 'quarantine'), { recursive: true });
    fs.writeFileSync(path.join(folder.root, 'quarantine', 'x'), 'bytes');
    const state = await json<Record<string, { count: number }>>('state');
    assert.deepEqual([state['finished']?.count, state['quarantine']?.count], [21, 1]);
    const text = await cli('state');
    assert.match(text.stdout, /finished executions +21 /);
    const dry = await cli('clean', '--keep', '5', '--dry-run');
    assert.match(dry.stdout, /^would remove 16 execution\(s\), /);
    const cleaned = await cli('clean', '--keep', '5', '--quarantine');
    assert.match(cleaned.stdout, /^removed 16 execution\(s\), .*, 1 quarantined file\(s\)\n$/);
    assert.equal((await json<Listed>('list', '--all')).executions.length, 5);
    const after = await json<Record<string, { count: number }>>('state');
    assert.deepEqual([after['finished']?.count, after['quarantine']?.count], [5, 0]);
  });

  it('finds what dead processes left, and doctor removes it', async () => {
    await cli('run', 'hello');
    const left = ['task-executions.json.lock.owner-abc-def', 'tmp/view-1'].map((name) =>
      path.join(folder.root, name),
    );
    for (const file of left) {
      fs.writeFileSync(file, '{}');
      fs.utimesSync(file, 1, 1);
    }
    assert.match(
      (await cli('doctor')).stdout,
      /2 file\(s\) were left by processes that died; they do no harm/,
    );
    assert.match((await cli('doctor', '--fix')).stdout, /repaired: 2 file\(s\) were left/);
    assert.deepEqual(
      left.filter((file) => fs.existsSync(file)),
      [],
    );
  });
});

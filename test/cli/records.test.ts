import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  jsonLines,
  makeWorkspace,
  nodeWorkflow,
  removeWorkspace,
  runCli,
  startCli,
  until,
} from './command-line.ts';

// Fails until the file `ok` is there.
const mended = `tasks:
  first: { shell: node, run: "console.log('one'); console.log('two')" }
  second:
    needs: first
    shell: node
    run: |
      console.error('looking');
      if (!require('node:fs').existsSync('ok')) process.exit(7);
  third: { needs: second, shell: node, run: "console.log('three')" }
`;
const asks = `tasks:
  ask: { approval: { message: Go on? } }
  go: { needs: ask, shell: node, run: "console.log('gone')" }
`;
const slow = nodeWorkflow(
  `const { existsSync } = require('node:fs');
console.log('begun');
const timer = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(timer);
  console.log('ended');
}, 20);`,
);

describe('agent-executor, records', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await makeWorkspace({ mended, asks, slow });
  });
  afterEach(() => removeWorkspace(folder));
  const cli = (...args: string[]) => runCli(folder, args);

  it('shows one execution as text and as one document', async () => {
    await cli('run', 'mended');
    const text = await cli('show');
    assert.equal(text.status, 0);
    assert.match(text.stdout, /^✗ mended failed$/m);
    assert.match(text.stdout, /^ {2}✗ second +failed .*exited with code 7/m);
    assert.match(text.stdout, /^ {2}- third +skipped/m);
    const json = await cli('show', 'latest', '--json');
    const execution = JSON.parse(json.stdout) as { id: string; tasks: { status: string }[] };
    assert.deepEqual(
      execution.tasks.map(({ status }) => status),
      ['succeeded', 'failed', 'skipped'],
    );
    assert.equal('stuck' in execution, false);
    const short = await cli('show', execution.id.slice(0, -2), '--json');
    assert.equal(short.stdout, json.stdout);
  });

  it('prints the logs of one task as they are, and of all under titles', async () => {
    await cli('run', 'mended');
    assert.equal((await cli('logs', 'latest', 'first')).stdout, 'one\ntwo\n');
    assert.equal(
      (await cli('logs', 'latest')).stdout,
      '── first ──\none\ntwo\n\n── second ──\nlooking\n',
    );
    const unknown = await cli('logs', 'latest', 'forth');
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /has no task "forth"; it has first, second, third\n$/);
    const json = JSON.parse((await cli('logs', 'latest', 'first', '--json')).stdout) as {
      logs: { task: string; attempt: number; text: string }[];
    };
    assert.deepEqual(
      json.logs.map(({ task, attempt, text }) => [task, attempt, text]),
      [['first', 1, 'one\ntwo\n']],
    );
  });

  it('follows logs to the end of the execution', async () => {
    await cli('run', 'slow', '--detach');
    const following = startCli(folder, ['logs', 'latest', '-f']);
    await until('the first line', () => following.output().includes('begun'));
    await writeFile(path.join(folder, 'go'), '');
    const { status, stdout } = await following.finished;
    assert.deepEqual([status, stdout], [0, '── work ──\nbegun\nended\n']);
  });

  it('retries what failed after showing the plan, and keeps the rest', async () => {
    await cli('run', 'mended');
    await writeFile(path.join(folder, 'ok'), '');
    const { status, stdout, stderr } = await cli('retry', 'latest', '--json');
    assert.equal(status, 0);
    assert.match(stderr, /✓ first +kept +succeeded/);
    assert.match(stderr, /↻ second +runs again +failed: exited with code 7/);
    const lines = jsonLines(stdout);
    const started = lines.filter(({ type }) => type === 'task-started').map(({ task }) => task);
    assert.deepEqual(started, ['second', 'third']);
    assert.equal((await cli('retry', 'latest')).status, 2);
  });

  it('says in the plan that the workflow file has changed', async () => {
    await cli('run', 'mended');
    await appendFile(path.join(folder, 'workflows/mended.yaml'), '# changed\n');
    const { status, stderr } = await cli('retry', 'latest', 'second');
    assert.equal(status, 1);
    assert.match(
      stderr,
      /workflows\/mended\.yaml has changed since; it goes on with the file as it was\n/,
    );
  });

  it('approves and rejects from another process', async () => {
    for (const [word, answer, status, end] of [
      ['approve', 'approved', 0, 'succeeded'],
      ['reject', 'rejected', 1, 'failed'],
    ] as const) {
      const running = startCli(folder, ['run', 'asks']);
      await until('the question', () => running.output().includes('ask asks: Go on?'));
      const answered = await cli(word, 'latest');
      assert.equal(answered.stderr, '');
      assert.match(answered.stdout, new RegExp(`^${answer} ask of asks `));
      const finished = await running.finished;
      assert.equal(finished.status, status);
      assert.match(finished.stdout, new RegExp(`asks ${end} after`));
      const again = await cli(word, 'latest');
      assert.equal(again.status, 2);
      assert.match(again.stderr, /does not wait for a decision\n$/);
    }
  });

  it('finds an execution whose process was killed, and resumes it', async function () {
    if (process.platform === 'win32') this.skip();
    const running = startCli(folder, ['run', 'slow', '--json']);
    await until('the execution', () => running.output().includes('"task-started"'));
    const [id = ''] = readdirSync(path.join(folder, '.agent-executor/executions'));
    const home = path.join(folder, '.agent-executor/executions', id);
    const journal = path.join(home, 'journal.1.jsonl');
    // The record of its start is there before its process is: it has to run, and to be known.
    await until('the process', () => readFileSync(journal, 'utf8').includes('"task-spawned"'));
    await until('the task to run', () =>
      readFileSync(path.join(home, 'work.1.log'), 'utf8').includes('begun'),
    );
    running.child.kill('SIGKILL');
    await running.finished;
    const shown = await cli('show', '--json');
    assert.equal((JSON.parse(shown.stdout) as { status: string }).status, 'interrupted');
    const resuming = startCli(folder, ['resume', 'latest']);
    await until('the plan', () => resuming.output().includes('it is ended first'));
    await writeFile(path.join(folder, 'go'), '');
    const resumed = await resuming.finished;
    assert.equal(resumed.status, 0);
    assert.match(resumed.stderr, /work +runs again +in doubt/);
    assert.match(
      resumed.stderr,
      /! work still runs as process \d+, left by a runner that is gone; it is ended first\n/,
    );
  });

  it('shows and cancels an execution whose records were deleted while it runs', async () => {
    const running = startCli(folder, ['run', 'slow', '--json']);
    await until('the task to run', () => running.output().includes('"task-started"'));
    // The runner may be writing into it just then.
    await rm(path.join(folder, '.agent-executor'), { recursive: true, maxRetries: 9 });
    const view = path.join(folder, '.agent-executor', 'task-executions.json');
    await until('the runner to write the view anew', () => existsSync(view));
    const listed = await cli('list', '--json');
    const { executions } = JSON.parse(listed.stdout) as { executions: { id: string }[] };
    assert.equal(executions.length, 1);
    for (const id of ['latest', executions[0]?.id ?? '']) {
      const shown = JSON.parse((await cli('show', id, '--json')).stdout) as Record<string, unknown>;
      assert.deepEqual([shown['id'], shown['status']], [executions[0]?.id, 'running']);
    }
    const cancelled = await cli('cancel', 'latest', '--wait');
    assert.match(cancelled.stdout, /is over: cancelled\n$/);
    assert.equal((await running.finished).status, 130);
  });

  it('computes statistics', async () => {
    await cli('run', 'mended');
    await writeFile(path.join(folder, 'ok'), '');
    await cli('run', 'mended');
    const { stdout } = await cli('stats', '--json');
    const [agent] = (JSON.parse(stdout) as { agents: Record<string, unknown>[] }).agents;
    const { p50Ms, tasks, ...counts } = agent ?? {};
    assert.equal(typeof p50Ms, 'number');
    assert.equal((tasks as unknown[]).length, 3);
    assert.deepEqual(
      { ...counts, p95Ms: null },
      {
        agent: 'mended',
        executions: 2,
        succeeded: 1,
        failed: 1,
        cancelled: 0,
        interrupted: 0,
        successRate: 0.5,
        p95Ms: null,
      },
    );
    assert.match((await cli('stats', 'mended')).stdout, /^mended +2 +50 % +1 /m);
    assert.equal((await cli('stats', 'asks')).stdout, 'nothing has run yet\n');
  });

  it('watches: a line per change', async () => {
    const watching = startCli(folder, ['watch']);
    const json = startCli(folder, ['watch', '--json']);
    const isTold = (): boolean =>
      / mended \S+ failed after /.test(watching.output()) &&
      json.output().includes('"status":"failed","reason"');
    // What is over before they look for the first time is no change.
    for (let times = 0; times < 10 && !isTold(); times += 1) await cli('run', 'mended');
    await until('the end, in both', isTold);
    watching.child.kill('SIGINT');
    json.child.kill('SIGINT');
    const [text, lines] = [await watching.finished, await json.finished];
    assert.deepEqual([text.status, lines.status], [0, 0]);
    assert.match(text.stdout, /✗ mended \S+ second failed: exited with code 7/);
    for (const line of jsonLines(lines.stdout)) assert.equal(line['type'], 'execution-changed');
  });

  it('validates with the line and a caret, and ends with 1', async () => {
    await writeFile(path.join(folder, 'workflows/bad.yaml'), 'tasks:\n  a: { run: x, need: b }\n');
    const text = await cli('validate', 'workflows/bad.yaml');
    assert.equal(text.status, 1);
    assert.equal(
      text.stdout,
      [
        'workflows/bad.yaml:2:16 error unknown key `need`; did you mean `needs`? [unknown-key]',
        '  2 |   a: { run: x, need: b }',
        '    |                ^^^^',
        '',
        '1 error, 0 warnings',
        '',
      ].join('\n'),
    );
    const json = await cli('validate', '--json');
    assert.equal(json.status, 1);
    const { files } = JSON.parse(json.stdout) as {
      files: { path: string; diagnostics: unknown[] }[];
    };
    assert.deepEqual(
      files.map(({ path: file, diagnostics }) => [file, diagnostics.length]),
      [
        ['workflows/asks.yaml', 0],
        ['workflows/bad.yaml', 1],
        ['workflows/mended.yaml', 0],
        ['workflows/slow.yaml', 0],
      ],
    );
    assert.equal((await cli('validate', 'mended')).status, 0);
  });

  it('has a doctor that explains and repairs', async () => {
    await cli('run', 'mended');
    assert.equal((await cli('doctor')).status, 0);
    const state = path.join(folder, '.agent-executor');
    await rm(path.join(state, '.gitignore'));
    await writeFile(path.join(state, 'task-executions.json'), 'nonsense');
    const sick = await cli('doctor');
    assert.equal(sick.status, 1);
    assert.match(sick.stdout, /✗ its \.gitignore is gone/);
    assert.match(sick.stdout, /✗ .*task-executions\.json cannot be used: it is not JSON/);
    const mending = await cli('doctor', '--fix', '--json');
    const { findings } = JSON.parse(mending.stdout) as {
      findings: { level: string; check: string }[];
    };
    assert.deepEqual(
      findings.filter(({ level }) => level === 'repaired').map(({ check }) => check),
      ['git', 'view'],
    );
    assert.equal(mending.status, 0);
    assert.equal((await cli('doctor')).status, 0);
    assert.equal((await cli('show')).status, 0);
  });
});

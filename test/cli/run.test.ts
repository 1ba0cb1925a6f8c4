import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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

const hang = nodeWorkflow(
  `console.log('hanging');\nsetInterval(() => {}, 2 ** 30);`,
  `finally:\n  tidy:\n    shell: node\n    run: console.log('tidied')\n`,
);
const stubborn = nodeWorkflow(
  `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});\nconsole.log('hanging');\nsetInterval(() => {}, 2 ** 30);`,
);
const needy = `inputs:
  version: { type: string, required: true, pattern: '^\\d+$' }
tasks:
  work: { shell: node, run: "console.log('x')" }
`;

describe('agent-executor run', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    const workflows = { hang, stubborn, needy, broken: 'tasks:\n  a: { need: b, run: x }\n' };
    folder = await makeWorkspace(workflows, true);
  });
  after(() => removeWorkspace(folder));

  it('runs hello, groups output under the line that ends a task, and ends with 0', async () => {
    const { status, stdout, stderr } = await runCli(folder, ['run', 'hello', '-i', 'name=Ada']);
    assert.equal(stderr, '');
    assert.match(stdout, /^. hello \d{8}-\d{6}-[0-9a-f]+ started with name=Ada$/m);
    assert.match(stdout, /^✓ greet succeeded in .+\n {4}Hello, Ada!$/m);
    assert.match(stdout, /^✓ Hello succeeded after .+: 5 succeeded\n {2}greeting: Hello, Ada!\n$/m);
    assert.equal(status, 0);
  });

  it('prints one event a line with --json, the whole execution last', async () => {
    const { status, stdout } = await runCli(folder, ['run', 'hello', '--json']);
    const lines = jsonLines(stdout);
    const [first] = lines;
    const last = lines.at(-1) as {
      type: string;
      execution: { id: string; status: string; tasks: unknown[] };
    };
    assert.equal(first?.['type'], 'execution-created');
    assert.equal(last.type, 'execution-finished');
    assert.equal(last.execution.status, 'succeeded');
    assert.equal(last.execution.tasks.length, 5);
    const types = lines.map((line) => line['type']);
    assert.equal(types.filter((type) => type === 'task-started').length, 5);
    assert.equal(types.filter((type) => type === 'task-finished').length, 5);
    for (const line of lines.slice(0, -1)) {
      assert.equal(line['execution'], last.execution.id);
      assert.match(String(line['at']), /^\d{4}-.*Z$/);
    }
    for (const line of lines.filter(({ type }) => String(type).startsWith('task-'))) {
      assert.equal(typeof line['task'], 'string');
    }
    assert.equal(status, 0);
  });

  it('ends with 1 after a failure, and says what to do next', async () => {
    const { status, stdout } = await runCli(folder, ['run', 'flaky', '-i', 'mode=broken']);
    assert.equal(status, 1);
    assert.match(stdout, /^↻ connect failed: .+; attempt 2 in 1 s$/m);
    assert.match(stdout, /^✗ connect failed in .+: exited with code 1/m);
    assert.match(stdout, /next: agent-executor logs \S+ connect · agent-executor retry \S+\n$/);
  });

  it('ends with 2 for a missing or wrong input, before anything is recorded', async () => {
    const before = await runCli(folder, ['list', '--all', '--json']);
    const missing = await runCli(folder, ['run', 'needy']);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /^agent-executor run: .*version.*\n$/);
    const wrong = await runCli(folder, ['run', 'needy', '-i', 'version=x']);
    assert.equal(wrong.status, 2);
    const surplus = await runCli(folder, ['run', 'needy', '-i', 'version=1', '-i', 'other=1']);
    assert.equal(surplus.status, 2);
    const after = await runCli(folder, ['list', '--all', '--json']);
    assert.equal(count(after.stdout), count(before.stdout));
  });

  it('records an invalid workflow as failed and ends with 2', async () => {
    const { status, stdout } = await runCli(folder, ['run', 'broken']);
    assert.equal(status, 2);
    assert.match(stdout, /workflows\/broken\.yaml:2:8/);
    const shown = JSON.parse((await runCli(folder, ['show', '--json'])).stdout) as Record<
      string,
      unknown
    >;
    assert.deepEqual([shown['status'], shown['reason']], ['failed', 'invalid-workflow']);
  });

  it('ends with 2 for an unknown agent and names the one that is near', async () => {
    const { status, stderr } = await runCli(folder, ['run', 'helo']);
    assert.equal(status, 2);
    assert.match(stderr, /unknown agent "helo"; did you mean "hello"\?\n$/);
  });

  it('takes the path of a workflow file, and finds the workspace from a folder below', async () => {
    const { status } = await runCli(path.join(folder, 'workflows'), [
      'run',
      'workflows/hello.yaml',
    ]);
    assert.equal(status, 0);
  });

  it('cancels at the first Ctrl-C, runs `finally`, and ends with 130', async () => {
    const running = startCli(folder, ['run', 'hang', '--json']);
    await until('the task to run', () => running.output().includes('"task":"work"'));
    await hangs(folder);
    running.child.kill('SIGINT');
    const { status, stdout, stderr } = await running.finished;
    assert.equal(stderr, 'cancelling; Ctrl-C again kills\n');
    const { execution } = jsonLines(stdout).at(-1) as {
      execution: { status: string; tasks: { id: string; status: string }[] };
    };
    assert.equal(execution.status, 'cancelled');
    assert.deepEqual(
      execution.tasks.map((task) => [task.id, task.status]),
      [
        ['work', 'cancelled'],
        ['tidy', 'succeeded'],
      ],
    );
    assert.equal(status, 130);
  });

  it('kills at the second Ctrl-C', async function () {
    if (process.platform === 'win32') this.skip();
    const running = startCli(folder, ['run', 'stubborn', '--json']);
    await until('the task to run', () => running.output().includes('"task":"work"'));
    await hangs(folder);
    running.child.kill('SIGINT');
    await until('the first to be taken', () => running.output().includes('Ctrl-C again kills'));
    running.child.kill('SIGINT');
    const { status, stdout } = await running.finished;
    assert.equal(status, 130);
    const lines = jsonLines(stdout);
    const asked = lines.filter(({ type }) => type === 'execution-cancelling');
    assert.deepEqual(
      asked.map(({ how }) => how),
      ['cancel', 'kill'],
    );
    assert.equal(lines.at(-1)?.['type'], 'execution-finished');
  });

  it('leaves a detached run behind, which others see and cancel', async () => {
    const detached = await runCli(folder, ['run', 'hang', '--detach']);
    assert.deepEqual([detached.status, detached.stderr], [0, '']);
    assert.match(detached.stdout, /^\d{8}-\d{6}-[0-9a-f]+\n$/);
    const id = detached.stdout.trim();
    await hangs(folder);
    const listed = await runCli(folder, ['list', '--status', 'running', '--json']);
    assert.deepEqual(ids(listed.stdout), [id]);
    const cancelled = await runCli(folder, ['cancel', id, '--wait']);
    assert.equal(cancelled.stdout, `hang ${id} is over: cancelled\n`);
    assert.equal(cancelled.status, 0);
    const again = await runCli(folder, ['cancel', id]);
    assert.equal(again.status, 2);
    assert.equal(
      again.stderr,
      `agent-executor cancel: execution ${id} is over (cancelled); there is nothing to cancel\n`,
    );
  });

  it('ends a detached run of a broken workflow with 2', async () => {
    const { status, stdout, stderr } = await runCli(folder, ['run', 'broken', '--detach']);
    assert.equal(status, 2);
    assert.match(stdout, /^\S+\n$/);
    assert.match(stderr, /unknown key `need`/);
  });
});

/** Waits until the hanging task of the newest execution has written its line. */
async function hangs(folder: string): Promise<void> {
  const { stdout } = await runCli(folder, ['show', '--json']);
  const { id } = JSON.parse(stdout) as { id: string };
  const log = path.join(folder, '.agent-executor/executions', id, 'work.1.log');
  let text = '';
  await until('the task to hang', () => {
    void readFile(log, 'utf8').then(
      (read) => {
        text = read;
      },
      () => undefined,
    );
    return text.includes('hanging');
  });
}

function ids(stdout: string): string[] {
  return (JSON.parse(stdout) as { executions: { id: string }[] }).executions.map(({ id }) => id);
}

function count(stdout: string): number {
  return ids(stdout).length;
}

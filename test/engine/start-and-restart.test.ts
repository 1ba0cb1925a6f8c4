import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { planRestart } from '../../src/engine/run/plan-restart.ts';
import { restartExecution } from '../../src/engine/run/restart-execution.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { statuses, taskOf, until, Workspace, type Run } from './workspace.ts';

describe('starting', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  it('records a failed execution for an invalid workflow, with its messages', async () => {
    workspace.workflow('tasks: { a: { rum: echo } }');
    const execution = await workspace.run();
    assert.deepEqual([execution.status, execution.reason], ['failed', 'invalid-workflow']);
    assert.match(execution.message ?? '', /workflows\/test\.yaml:1:\d+ .*rum/);
    assert.deepEqual(execution.tasks, []);
    const stored = readExecution(stateFolderOf(workspace.folder), execution.id);
    assert.equal(stored.ok && stored.value.status, 'failed');
    assert.match(workspace.read('.agent-executor/task-executions.json'), /invalid-workflow/);
  });

  it('records branch and commit of the workspace, once', async () => {
    const commit = '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b';
    workspace.workflow(`tasks: { a: { run: 'false' } }`);
    assert.equal('git' in (await workspace.run()), false);
    const head = path.join(workspace.folder, '.git/HEAD');
    mkdirSync(path.join(workspace.folder, '.git/refs/heads'), { recursive: true });
    writeFileSync(head, 'ref: refs/heads/main\n');
    writeFileSync(path.join(workspace.folder, '.git/refs/heads/main'), commit);
    const execution = await workspace.run();
    assert.deepEqual(execution.git, { branch: 'main', commit });
    const stored = readExecution(stateFolderOf(workspace.folder), execution.id);
    assert.deepEqual(stored.ok && stored.value.git, { branch: 'main', commit });
    writeFileSync(head, commit);
    const request = { id: execution.id, why: 'retry', by: 'test' } as const;
    const again = await restartExecution(workspace.options(), request);
    assert.ok(again.ok);
    assert.deepEqual((await again.value.finished).git, { branch: 'main', commit });
  });

  it('records a failed execution for an agent that is not there', async () => {
    const execution = await workspace.run({}, { agent: 'nobody' });
    assert.equal(execution.reason, 'invalid-workflow');
    assert.match(execution.message ?? '', /workflows\/nobody\.yaml/);
  });

  it('runs the fallback in the place of a missing or invalid workflow', async () => {
    workspace.workflow('tasks: {}').workflow(
      `
inputs: { agent: { type: string }, reason: { type: string }, x: { type: string } }
tasks: { tell: { env: { A: '\${{ inputs.agent }} \${{ inputs.x }}' }, run: printf '%s' "$A" } }
`,
      'fallback',
    );
    const execution = await workspace.run({ x: '1', y: '2' });
    assert.equal(execution.status, 'succeeded');
    assert.equal(execution.agent, 'fallback');
    assert.equal(execution.fallback?.for, 'test');
    assert.match(execution.fallback.reason, /workflows\/test\.yaml/);
    assert.equal(workspace.log(execution, 'tell'), 'test 1');
  });

  it('takes the fallback from the setting, as a path or an id, or takes none', async () => {
    workspace.workflow(`tasks: { a: { run: 'true' } }`, 'ops/rescue');
    const byPath = await workspace.run({}, { fallbackWorkflow: 'workflows/ops/rescue.yaml' });
    assert.equal(byPath.agent, 'ops/rescue');
    const byId = await workspace.run({}, { fallbackWorkflow: 'ops/rescue' });
    assert.equal(byId.agent, 'ops/rescue');
    assert.equal((await workspace.run({}, { fallbackWorkflow: '' })).reason, 'invalid-workflow');
  });

  it('fails with the expression when the environment of the workflow cannot be evaluated', async () => {
    workspace.workflow(`env: { A: '\${{ fromJSON(inputs.j) }}' }
inputs: { j: { type: string } }
tasks: { a: { run: touch never } }`);
    const execution = await workspace.run({ j: '{' });
    assert.deepEqual([execution.status, execution.reason], ['failed', 'expression']);
    assert.equal(existsSync(path.join(workspace.folder, 'never')), false);
  });
});

describe('running again', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  it('retries what failed and what depended on it, and keeps the rest with its outputs', async () => {
    workspace.workflow(`
tasks:
  make: { run: 'echo x >> made; echo v=1 >> "$AGENT_OUTPUT"' }
  test: { needs: make, env: { V: '\${{ tasks.make.outputs.v }}' }, run: '[ -e fixed ] && echo "v$V"' }
  after: { needs: test, run: 'true' }
finally:
  tidy: { run: echo x >> tidied }
`);
    const failed = await workspace.run();
    assert.equal(failed.status, 'failed');
    workspace.file('fixed', '');
    const again = await workspace.restart(failed.id, 'retry');
    assert.equal(again.status, 'succeeded');
    assert.equal(again.attempt, 2);
    assert.equal(workspace.read('made'), 'x\n');
    assert.equal(workspace.read('tidied'), 'x\nx\n');
    const test = taskOf(again, 'test');
    assert.deepEqual([test.attempt, test.attempts.length], [2, 2]);
    assert.equal(workspace.log(again, 'test'), 'v1\n');
    assert.equal(taskOf(again, 'after').status, 'succeeded');
  });

  it('resumes a cancelled execution with what did not succeed', async () => {
    workspace.workflow(`
tasks:
  done: { run: echo x >> done }
  long: { needs: done, run: '[ -e go ] || { touch started; sleep 60; }' }
  last: { needs: long, run: 'true' }
`);
    const run: Run = await workspace.start();
    await until('it runs', () => existsSync(path.join(workspace.folder, 'started')));
    run.running.cancel('a test');
    const cancelled = await run.finished;
    workspace.file('go', '');
    const resumed = await workspace.restart(cancelled.id, 'resume');
    assert.deepEqual(statuses(resumed), {
      done: 'succeeded',
      long: 'succeeded',
      last: 'succeeded',
    });
    assert.equal(workspace.read('done'), 'x\n');
  });

  it('uses the workflow as it was when the execution started', async () => {
    workspace.workflow(`tasks: { a: { run: 'echo old >> out; [ -e fixed ]' } }`);
    const failed = await workspace.run();
    workspace.workflow(`tasks: { a: { run: echo new >> out } }`).file('fixed', '');
    assert.equal((await workspace.restart(failed.id, 'retry')).status, 'succeeded');
    assert.equal(workspace.read('out'), 'old\nold\n');
  });

  it('starts counting retries anew', async () => {
    workspace.workflow(`tasks: { a: { run: exit 1, retry: { max: 1, delay: 1ms } } }`);
    const failed = await workspace.run();
    const again = await workspace.restart(failed.id, 'retry');
    assert.equal(taskOf(failed, 'a').attempt, 2);
    assert.equal(taskOf(again, 'a').attempt, 4);
  });

  it('refuses what is unknown, not over, or has nothing to do', async () => {
    workspace.workflow(`tasks: { a: { run: 'sleep 0.3' } }`);
    const run = await workspace.start();
    const ask = async (id: string): Promise<string> => {
      const request = { id, why: 'retry' as const, by: 'a test' };
      const result = await restartExecution(workspace.options(), request);
      return result.ok ? 'ok' : result.error.code;
    };
    assert.equal(await ask(run.running.id), 'not-over');
    const execution = await run.finished;
    assert.equal(execution.status, 'succeeded');
    assert.equal(await ask(execution.id), 'nothing-to-do');
    assert.equal(await ask('20200101-000000-abcd'), 'unknown-execution');
  });

  it('plans what is kept and what runs again, and why', async () => {
    workspace.workflow(`
tasks:
  a: { run: 'true' }
  b: { needs: a, run: exit 2 }
  c: { needs: b, run: 'true' }
  d: { if: "1 == 2", run: 'true' }
finally: { f: { run: 'true' } }
`);
    const failed = await workspace.run();
    const plan = planRestart(failed, 'retry', undefined, 'sha256-other');
    assert.ok(plan.ok);
    assert.deepEqual(plan.value.kept, [{ task: 'a', why: 'succeeded' }]);
    assert.deepEqual(
      plan.value.again.map(({ task, why }) => [task, why.replace(/after \d.*/, 'after …')]),
      [
        ['b', 'failed: exited with code 2 after …'],
        ['c', 'needs "b", which runs again'],
        ['d', 'was skipped; its condition is asked again'],
        ['f', 'runs after every attempt'],
      ],
    );
    assert.equal(plan.value.isWorkflowChanged, true);
  });
});

describe('concurrency groups', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  const workflow = (onConflict: string): string => `
concurrency: { group: deploy, on-conflict: ${onConflict} }
inputs: { n: { type: string, required: true } }
tasks:
  a: { env: { N: '\${{ inputs.n }}' }, run: 'echo "start $N" >> order; until [ -e "go$N" ]; do sleep 0.02; done; echo "end $N" >> order' }
`;

  it('queues in the order of creation and says who is waited for', async () => {
    workspace.workflow(workflow('queue'));
    const first = await workspace.start({ n: '1' });
    await until('the first runs', () => existsSync(path.join(workspace.folder, 'order')));
    const second = await workspace.start({ n: '2' });
    await until('the second is queued', () => second.running.execution.status === 'queued');
    const third = await workspace.start({ n: '3' });
    await until('the third is queued', () => third.running.execution.status === 'queued');
    assert.match(second.running.execution.message ?? '', new RegExp(first.running.id));
    for (const n of ['1', '2', '3']) workspace.file(`go${n}`, '');
    const all = await Promise.all([first.finished, second.finished, third.finished]);
    assert.deepEqual(
      all.map((one) => one.status),
      ['succeeded', 'succeeded', 'succeeded'],
    );
    assert.equal(workspace.read('order'), 'start 1\nend 1\nstart 2\nend 2\nstart 3\nend 3\n');
  });

  it('ends a queued execution when it is cancelled', async () => {
    workspace.workflow(workflow('queue'));
    const first = await workspace.start({ n: '1' });
    await until('the first runs', () => existsSync(path.join(workspace.folder, 'order')));
    const second = await workspace.start({ n: '2' });
    await until('the second is queued', () => second.running.execution.status === 'queued');
    second.running.cancel('a test');
    assert.equal((await second.finished).status, 'cancelled');
    workspace.file('go1', '');
    assert.equal((await first.finished).status, 'succeeded');
  });

  it('cancels the older one', async () => {
    workspace.workflow(workflow('cancel'));
    const first = await workspace.start({ n: '1' });
    await until('the first runs', () => existsSync(path.join(workspace.folder, 'order')));
    workspace.file('go2', '');
    const second = await workspace.start({ n: '2' });
    const [one, two] = await Promise.all([first.finished, second.finished]);
    assert.deepEqual([one.status, two.status], ['cancelled', 'succeeded']);
    assert.match(one.message ?? '', new RegExp(two.id));
  });

  it('fails at once when that is asked for', async () => {
    workspace.workflow(workflow('fail'));
    const first = await workspace.start({ n: '1' });
    await until('the first runs', () => existsSync(path.join(workspace.folder, 'order')));
    const second = await (await workspace.start({ n: '2' })).finished;
    assert.equal(second.status, 'failed');
    assert.match(second.message ?? '', new RegExp(first.running.id));
    workspace.file('go1', '');
    assert.equal((await first.finished).status, 'succeeded');
  });
});

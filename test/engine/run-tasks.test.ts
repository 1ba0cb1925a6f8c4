import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isRunning, statuses, taskOf, Workspace } from './workspace.ts';

describe('running tasks', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  it('runs tasks in the order of their needs and keeps their output', async () => {
    workspace.workflow(`
tasks:
  one: { run: 'echo one >> order; echo out; echo err >&2' }
  two: { needs: one, run: 'echo two >> order' }
`);
    const execution = await workspace.run();
    assert.equal(execution.status, 'succeeded');
    assert.equal(workspace.read('order'), 'one\ntwo\n');
    assert.deepEqual(workspace.log(execution, 'one').split('\n').sort(), ['', 'err', 'out']);
    assert.equal(taskOf(execution, 'one').exitCode, 0);
    assert.deepEqual(workspace.complaints, []);
  });

  it('runs independent tasks at the same time', async () => {
    workspace.workflow(`
tasks:
  left: { run: 'touch left; until [ -e right ]; do sleep 0.02; done', timeout: 10s }
  right: { run: 'touch right; until [ -e left ]; do sleep 0.02; done', timeout: 10s }
`);
    assert.equal((await workspace.run()).status, 'succeeded');
  });

  it('runs no more tasks at once than max-parallel says', async () => {
    const body = 'mkdir lock && sleep 0.05 && rmdir lock';
    workspace.workflow(`
max-parallel: 1
tasks:
  a: { run: ${body} }
  b: { run: ${body} }
  c: { run: ${body} }
`);
    assert.equal((await workspace.run()).status, 'succeeded');
  });

  it('says why a task failed and skips what needs it', async () => {
    workspace.workflow(`
tasks:
  bad: { run: exit 3 }
  after: { needs: bad, run: touch never }
  later: { needs: after, run: touch never }
  other: { run: 'true' }
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), {
      bad: 'failed',
      after: 'skipped',
      later: 'skipped',
      other: 'succeeded',
    });
    const bad = taskOf(execution, 'bad');
    assert.equal(bad.reason, 'exit');
    assert.match(bad.message ?? '', /^exited with code 3 after /);
    assert.equal(taskOf(execution, 'after').message, 'needs "bad", which failed');
    assert.equal(taskOf(execution, 'later').message, 'needs "after", which was skipped');
    assert.equal(execution.reason, 'exit');
    assert.match(execution.message ?? '', /^task "bad" exited with code 3/);
    assert.equal(existsSync(path.join(workspace.folder, 'never')), false);
  });

  it('stops a script at the first command that fails, also inside a pipe', async () => {
    workspace.workflow(`
tasks:
  plain: { run: "false\\necho reached" }
  pipe: { run: 'false | cat', shell: bash }
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), { plain: 'failed', pipe: 'failed' });
    assert.equal(workspace.log(execution, 'plain'), '');
  });

  it('counts a failure with continue-on-error as a success for the others', async () => {
    workspace.workflow(`
tasks:
  bad: { run: exit 1, continue-on-error: true }
  after: { needs: bad, run: 'true' }
`);
    const execution = await workspace.run();
    assert.equal(execution.status, 'succeeded');
    assert.deepEqual(statuses(execution), { bad: 'failed', after: 'succeeded' });
  });

  it('runs what asks for it after a failure', async () => {
    workspace.workflow(`
tasks:
  bad: { run: exit 1 }
  always: { needs: bad, if: always(), run: 'true' }
  failure: { needs: bad, if: failure(), run: 'true' }
  far: { needs: skipped, if: failure(), run: 'true' }
  skipped: { needs: bad, run: 'true' }
  success: { needs: bad, if: success(), run: 'true' }
`);
    const execution = await workspace.run();
    assert.equal(execution.status, 'failed');
    assert.deepEqual(statuses(execution), {
      bad: 'failed',
      always: 'succeeded',
      failure: 'succeeded',
      far: 'succeeded',
      skipped: 'skipped',
      success: 'skipped',
    });
  });

  it('hands outputs on, and to the outside', async () => {
    workspace.workflow(`
tasks:
  make:
    run: |
      echo "version=1.2" >> "$AGENT_OUTPUT"
      printf 'text<<END\\nline 1\\nline 2\\nEND\\n' >> "$AGENT_OUTPUT"
  use:
    needs: make
    env: { V: '\${{ tasks.make.outputs.version }}', T: '\${{ tasks.make.outputs.text }}' }
    run: printf '%s|%s' "$V" "$T"
outputs: { version: 'v\${{ tasks.make.outputs.version }}' }
`);
    const execution = await workspace.run();
    assert.equal(workspace.log(execution, 'use'), '1.2|line 1\nline 2');
    assert.deepEqual(execution.outputs, { version: 'v1.2' });
    assert.deepEqual(taskOf(execution, 'make').outputs, { version: '1.2', text: 'line 1\nline 2' });
  });

  it('fails a task whose outputs cannot be read or are too large', async () => {
    workspace.workflow(`
tasks:
  bad: { run: 'echo "no name" >> "$AGENT_OUTPUT"' }
  large: { run: 'head -c 1100000 /dev/zero | tr "\\0" a >> "$AGENT_OUTPUT"' }
  pipe: { run: 'mkfifo "$AGENT_OUTPUT"' }
`);
    const execution = await workspace.run();
    const [bad, large, pipe] = execution.tasks;
    assert.deepEqual([bad?.reason, large?.reason, pipe?.reason], ['output', 'output', 'output']);
    assert.match(bad?.message ?? '', /line 1 of the output file/);
    assert.match(large?.message ?? '', /1 MiB/);
  });

  it('keeps hostile inputs and outputs data', async () => {
    const hostile = `'; touch hacked; $(touch hacked) \`touch hacked\` "\n\${IFS} $HOME \\ %s & | > hacked`;
    workspace.workflow(`
inputs: { text: { type: string } }
tasks:
  make:
    env: { TEXT: '\${{ inputs.text }}' }
    run: printf 'out<<END_OF_IT\\n%s\\nEND_OF_IT\\n' "$TEXT" >> "$AGENT_OUTPUT"
  use:
    needs: make
    env: { TEXT: '\${{ tasks.make.outputs.out }}' }
    run: printf '%s' "$TEXT"
`);
    const execution = await workspace.run({ text: hostile });
    assert.equal(workspace.log(execution, 'use'), hostile);
    assert.equal(existsSync(path.join(workspace.folder, 'hacked')), false);
  });

  it('layers the environment: user, dotenv, workflow, task, and what describes the attempt', async () => {
    workspace.file('.env', 'A=dotenv\nB=dotenv\nC=dotenv\n').workflow(`
dotenv: [.env, missing.env]
env: { B: workflow, C: workflow }
tasks:
  show:
    env: { C: 'task \${{ env.B }}' }
    run: echo "$USER_ONLY $A $B $C $AGENT_TASK_ID $AGENT_ATTEMPT $AGENT_WORKSPACE \${ELECTRON_RUN_AS_NODE-none}"
`);
    const environment = {
      PATH: process.env['PATH'],
      USER_ONLY: 'user',
      A: 'user',
      ELECTRON_RUN_AS_NODE: '1',
    };
    const execution = await workspace.run({}, { environment });
    assert.equal(
      workspace.log(execution, 'show'),
      `user dotenv workflow task workflow show 1 ${workspace.folder} none\n`,
    );
  });

  it('names a working-directory that is not there', async () => {
    workspace.workflow(`tasks: { a: { run: 'true', working-directory: nowhere } }`);
    const [task] = (await workspace.run()).tasks;
    assert.ok(task);
    assert.equal(task.reason, 'spawn');
    assert.match(task.message ?? '', /working-directory "nowhere" is no folder/);
  });

  it('runs a script that is longer than an argument may be', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `      : line ${String(index)}`);
    workspace.workflow(`tasks:\n  long:\n    run: |\n${lines.join('\n')}\n      echo end\n`);
    const execution = await workspace.run();
    assert.equal(workspace.log(execution, 'long'), 'end\n');
  });

  it('runs the other shells', async () => {
    workspace.workflow(`
tasks:
  sh: { shell: sh, run: 'echo $0' }
  node: { shell: node, run: 'console.log(1 + 1)' }
`);
    const execution = await workspace.run();
    assert.equal(workspace.log(execution, 'node'), '2\n');
    assert.equal(execution.status, 'succeeded');
  });

  it('evaluates conditions over inputs and outputs', async () => {
    workspace.workflow(`
inputs: { channel: { type: choice, options: [stable, beta], default: beta } }
tasks:
  a: { run: 'echo go=yes >> "$AGENT_OUTPUT"' }
  yes: { needs: a, if: "tasks.a.outputs.go == 'yes'", run: 'true' }
  no: { needs: a, if: "\${{ inputs.channel == 'stable' }}", run: 'true' }
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), { a: 'succeeded', yes: 'succeeded', no: 'skipped' });
    assert.equal(execution.status, 'succeeded');
  });

  it('starts nothing new after a failure in a fail-fast workflow', async () => {
    workspace.workflow(`
fail-fast: true
max-parallel: 2
tasks:
  bad: { run: exit 1 }
  slow: { run: 'sleep 0.3' }
  next: { needs: slow, run: touch never }
finally:
  tidy: { run: 'true' }
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), {
      bad: 'failed',
      slow: 'succeeded',
      next: 'skipped',
      tidy: 'succeeded',
    });
    assert.match(taskOf(execution, 'next').message ?? '', /fail-fast/);
  });

  it('records nothing when an input or a secret is missing', async () => {
    workspace.workflow(`
inputs: { version: { type: string, required: true } }
secrets: [NO_SUCH_TOKEN]
tasks: { a: { run: 'true' } }
`);
    await assert.rejects(workspace.run(), /bad-input.*version/);
    await assert.rejects(workspace.run({ version: '1' }), /bad-input.*NO_SUCH_TOKEN/);
    assert.equal(existsSync(path.join(workspace.stateFolder, 'executions')), false);
  });

  it('ends what a script left running in the background', async () => {
    workspace.workflow(`tasks: { a: { run: 'sleep 60 & echo $! > pid' } }`);
    const execution = await workspace.run();
    assert.equal(execution.status, 'succeeded');
    const pid = Number(workspace.read('pid'));
    assert.equal(isRunning(pid), false);
  });

  it('runs 500 tasks side by side', async () => {
    const tasks = Array.from({ length: 500 }, (_, index) => `  t${String(index)}: { run: ':' }`);
    workspace.workflow(`max-parallel: 8\ntasks:\n${tasks.join('\n')}\n`);
    const execution = await workspace.run();
    assert.equal(execution.status, 'succeeded');
    assert.equal(execution.tasks.filter((task) => task.status === 'succeeded').length, 500);
  }).timeout(60_000);
});

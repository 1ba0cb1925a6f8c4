import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { sendRequest } from '../../src/engine/store/inbox.ts';
import { statuses, taskOf, until, Workspace } from './workspace.ts';

describe('kinds of tasks', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  const folder = () => stateFolderOf(workspace.folder);

  it('waits for a person, without holding a slot, and goes on when approved from another process', async () => {
    workspace.workflow(`
max-parallel: 1
inputs: { version: { type: string, required: true } }
tasks:
  ask: { approval: { message: 'Publish \${{ inputs.version }}?' } }
  other: { run: 'true' }
  publish: { needs: ask, run: touch published }
`);
    const run = await workspace.start({ version: '1.2' });
    await until('it waits', () => run.running.execution.status === 'waiting');
    const waiting = run.running.execution;
    assert.deepEqual(statuses(waiting), { ask: 'waiting', other: 'succeeded', publish: 'pending' });
    assert.equal(taskOf(waiting, 'ask').question, 'Publish 1.2?');
    const by = 'somebody';
    assert.ok(sendRequest(folder(), run.running.id, { type: 'approve', task: null, by }).ok);
    const execution = await run.finished;
    assert.equal(execution.status, 'succeeded');
    const { approval } = taskOf(execution, 'ask');
    assert.deepEqual([approval?.decision, approval?.by], ['approved', 'somebody']);
  });

  it('fails an approval that is rejected or that nobody answers', async () => {
    workspace.workflow(`
tasks:
  rejected: { approval: { message: 'a' } }
  forgotten: { approval: { message: 'b', timeout: 200ms } }
  after: { needs: rejected, run: touch never }
`);
    const run = await workspace.start();
    await until('both wait', () => statuses(run.running.execution)['rejected'] === 'waiting');
    sendRequest(folder(), run.running.id, { type: 'reject', task: 'rejected', by: 'somebody' });
    const execution = await run.finished;
    assert.equal(execution.status, 'failed');
    assert.equal(taskOf(execution, 'rejected').reason, 'rejected');
    assert.equal(taskOf(execution, 'rejected').message, 'rejected by somebody');
    assert.equal(taskOf(execution, 'forgotten').reason, 'timeout');
    assert.equal(taskOf(execution, 'after').status, 'skipped');
  });

  it('runs another agent as a child and takes its outputs', async () => {
    workspace.workflow(
      `
inputs: { name: { type: string, required: true } }
tasks:
  greet: { env: { N: '\${{ inputs.name }}' }, run: 'echo "text=hello $N" >> "$AGENT_OUTPUT"' }
outputs: { text: '\${{ tasks.greet.outputs.text }}' }
`,
      'greeter',
    ).workflow(`
tasks:
  use: { uses: greeter, with: { name: world } }
  show: { needs: use, env: { T: '\${{ tasks.use.outputs.text }}' }, run: printf '%s' "$T" }
`);
    const execution = await workspace.run();
    assert.equal(workspace.log(execution, 'show'), 'hello world');
    const child = readExecution(folder(), taskOf(execution, 'use').child ?? '');
    assert.ok(child.ok);
    assert.deepEqual(child.value.parent, { execution: execution.id, task: 'use' });
    assert.equal(child.value.trigger.kind, 'workflow');
  });

  it('takes over the failure of a child, and cancels the child with its parent', async () => {
    workspace
      .workflow(`tasks: { bad: { run: exit 5 } }`, 'failing')
      .workflow(`tasks: { long: { run: 'touch started; sleep 60' } }`, 'long')
      .workflow(`tasks: { one: { uses: failing }, two: { uses: long } }`);
    const run = await workspace.start();
    await until('one child failed and the other runs', () => {
      const { one } = statuses(run.running.execution);
      return one === 'failed' && readdirSync(workspace.folder).includes('started');
    });
    run.running.cancel('a test');
    const execution = await run.finished;
    assert.deepEqual(statuses(execution), { one: 'failed', two: 'cancelled' });
    assert.equal(taskOf(execution, 'one').reason, 'exit');
    assert.match(taskOf(execution, 'one').message ?? '', /"failing" failed: task "bad" exited/);
    const child = readExecution(folder(), taskOf(execution, 'two').child ?? '');
    assert.equal(child.ok && child.value.status, 'cancelled');
  });

  it('runs a child that failed again in its place when the parent is retried', async () => {
    workspace
      .workflow(
        `tasks: { kept: { run: echo x >> kept }, bad: { needs: kept, run: '[ -e fixed ]' } }`,
        'child',
      )
      .workflow(`tasks: { use: { uses: child } }`);
    const failed = await workspace.run();
    workspace.file('fixed', '');
    const again = await workspace.restart(failed.id, 'retry');
    assert.equal(again.status, 'succeeded');
    assert.equal(taskOf(again, 'use').child, taskOf(failed, 'use').child);
    assert.equal(workspace.read('kept'), 'x\n');
  });

  it('expands a matrix, hands values over, and needs all combinations', async () => {
    workspace.workflow(`
tasks:
  build:
    strategy: { matrix: { target: [linux, mac] } }
    env: { TARGET: '\${{ matrix.target }}' }
    run: |
      echo "built $TARGET"
      echo "$TARGET=done" >> "$AGENT_OUTPUT"
  after:
    needs: build
    env: { BOTH: '\${{ tasks.build.outputs.linux }} \${{ tasks.build.outputs.mac }}' }
    run: printf '%s' "$BOTH"
`);
    const execution = await workspace.run();
    assert.deepEqual(Object.keys(statuses(execution)), ['build (linux)', 'build (mac)', 'after']);
    assert.equal(workspace.log(execution, 'build (mac)'), 'built mac\n');
    assert.equal(workspace.log(execution, 'after'), 'done done');
    assert.deepEqual(taskOf(execution, 'after').needs, ['build (linux)', 'build (mac)']);
    assert.equal(taskOf(execution, 'build (mac)').group, 'build');
  });

  it('cancels the other combinations of a matrix after a failure', async () => {
    workspace.workflow(`
tasks:
  build:
    strategy: { matrix: { code: [0, 1] } }
    run: '[ \${{ matrix.code }} = 0 ] && sleep 60; exit 1'
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), { 'build (0)': 'cancelled', 'build (1)': 'failed' });
    assert.match(taskOf(execution, 'build (0)').message ?? '', /the matrix is fail-fast/);
    assert.equal(execution.status, 'failed');
  });

  it('runs a long node script as CommonJS, also in a workspace of ES modules', async () => {
    workspace.file('package.json', '{ "type": "module" }');
    const script = `process.stdout.write(typeof require('node:fs').readFileSync);`;
    const long = `${script} ${'//'.padEnd(20_000, 'x')}`;
    workspace.workflow(
      `tasks: { short: { shell: node, run: "${script}" }, long: { shell: node, run: "${long}" } }`,
    );
    const execution = await (await workspace.start()).finished;
    assert.equal(execution.status, 'succeeded', execution.message ?? '');
    assert.equal(workspace.log(execution, 'short'), 'function');
    assert.equal(workspace.log(execution, 'long'), 'function');
  });

  it('sends a request and takes the answer', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/ok' ? 200 : 503;
      request.on('data', (chunk: Buffer) => response.write(`got ${String(chunk)}`));
      request.on('end', () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      workspace.workflow(`
inputs: { port: { type: number, required: true } }
tasks:
  good: { http: { url: 'http://127.0.0.1:\${{ inputs.port }}/ok', method: POST, body: 'x' } }
  bad: { http: { url: 'http://127.0.0.1:\${{ inputs.port }}/bad' } }
  expected: { http: { url: 'http://127.0.0.1:\${{ inputs.port }}/bad', expect-status: [503] } }
  refused: { http: { url: 'http://127.0.0.1:1/' } }
`);
      const execution = await workspace.run({ port });
      assert.deepEqual(taskOf(execution, 'good').outputs, { status: '200', body: 'got x' });
      assert.equal(
        taskOf(execution, 'bad').message,
        'the answer was 503 Service Unavailable, not 2xx',
      );
      assert.equal(taskOf(execution, 'expected').status, 'succeeded');
      assert.match(
        taskOf(execution, 'refused').message ?? '',
        /GET failed: .*ECONNREFUSED|bad port/,
      );
    } finally {
      server.close();
    }
  });

  it('hides secrets in logs, outputs, questions and messages, and keeps them out of the state', async () => {
    const token = 'tok-123-$&-secret';
    workspace
      .workflow(
        `
secrets: [TOKEN]
env: { T: '\${{ secrets.TOKEN }}' }
tasks:
  show:
    run: |
      printf '%s' "$T" | cut -c1-6 | tr -d '\\n'; printf '%s\\n' "$T" | cut -c7-
      echo "error $T" >&2
      echo "out=$T" >> "$AGENT_OUTPUT"
  use: { needs: show, env: { O: '\${{ tasks.show.outputs.out }}' }, run: 'printf "%s" "$O"' }
  hand-on: { uses: other, with: { value: '\${{ env.T }}' } }
`,
      )
      .workflow(
        `
inputs: { value: { type: string } }
tasks: { a: { run: 'true' } }
`,
        'other',
      );
    const execution = await workspace.run({}, { secrets: { TOKEN: token } });
    assert.deepEqual(workspace.log(execution, 'show').split('\n').sort(), ['', '***', 'error ***']);
    assert.equal(workspace.log(execution, 'use'), '***');
    assert.match(taskOf(execution, 'hand-on').message ?? '', /hand on a secret/);
    for (const file of readdirSync(workspace.stateFolder, {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!file.isFile()) continue;
      const text = readFileSync(path.join(file.parentPath, file.name), 'utf8');
      assert.equal(text.includes(token), false, file.name);
    }
  });
});

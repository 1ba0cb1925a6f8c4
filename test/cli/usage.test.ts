import assert from 'node:assert/strict';
import { makeWorkspace, nodeWorkflow, removeWorkspace, runCli, startCli } from './command-line.ts';

describe('agent-executor, usage', () => {
  let folder: string;
  before(async () => {
    folder = await makeWorkspace({ quick: nodeWorkflow('console.log(1);') });
  });
  after(() => removeWorkspace(folder));

  const refused: readonly (readonly [readonly string[], string])[] = [
    [
      ['lst'],
      'agent-executor: unknown command "lst"; did you mean "list"? (see agent-executor --help)',
    ],
    [
      ['list', '--jsn'],
      'agent-executor list: unknown option --jsn; did you mean --json? (see agent-executor list --help)',
    ],
    [
      ['list', '--status', 'faild'],
      'agent-executor list: unknown status "faild"; did you mean "failed"? (see agent-executor list --help)',
    ],
    [
      ['list', '--limit', '0'],
      'agent-executor list: --limit needs a whole number of at least 1, not "0" (see agent-executor list --help)',
    ],
    [
      ['list', '-C', 'nowhere'],
      'agent-executor list: there is no folder "nowhere" (see agent-executor list --help)',
    ],
    [
      ['run', 'x', '-i', 'name'],
      'agent-executor run: "name" is not an input; write -i name=value (see agent-executor run --help)',
    ],
    [
      ['show', '2020'],
      'agent-executor show: there is no execution "2020". See the ids with: agent-executor list --all',
    ],
    [['show'], 'agent-executor show: there is no execution yet'],
    [
      ['validate', 'nothing.yaml'],
      'agent-executor validate: there is no file or agent "nothing.yaml"',
    ],
    [['stats', 'nobody'], 'agent-executor stats: unknown agent "nobody"'],
  ];
  for (const [args, message] of refused) {
    it(`ends with 2 and one line for ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await runCli(folder, args);
      assert.deepEqual(
        { status, stdout, stderr },
        { status: 2, stdout: '', stderr: `${message}\n` },
      );
    });
  }

  it('prints help to stdout and ends with 0', async () => {
    for (const args of [['--help'], ['help'], ['run', '-h'], ['help', 'run']]) {
      const { status, stdout, stderr } = await runCli(folder, args);
      assert.equal(status, 0);
      assert.match(stdout, /Usage: agent-executor/);
      assert.equal(stderr, '');
    }
  });

  it('prints the overview to stderr and ends with 2 when nothing is asked for', async () => {
    const { status, stdout, stderr } = await runCli(folder, []);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /Commands:/);
  });

  it('prints the version alone', async () => {
    const { status, stdout } = await runCli(folder, ['--version']);
    assert.equal(status, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('lists agents that never ran', async () => {
    const { status, stdout } = await runCli(folder, ['list', '--json']);
    assert.equal(status, 0);
    const { agents, executions } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(agents, [
      {
        agent: 'quick',
        name: 'quick',
        description: null,
        path: 'workflows/quick.yaml',
        problem: null,
        last: null,
      },
    ]);
    assert.deepEqual(executions, []);
  });

  it('ends well when its reader goes away', async () => {
    const watching = startCli(folder, ['watch', '--json']);
    watching.child.stdout?.destroy();
    // The first line it wants to print finds nobody.
    await runCli(folder, ['run', 'quick']);
    const { status, stderr } = await watching.finished;
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
});

import assert from 'node:assert/strict';
import { currentOwner } from '../../src/engine/liveness/owner.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { create, idOf, started, taskStarted, value } from '../unit/engine/store/fixtures.ts';
import { makeWorkspace, removeWorkspace, runCli } from './command-line.ts';

describe('agent-executor, for an execution of a machine that is not there any more', function () {
  this.timeout(60_000);
  let workspace: string;
  beforeEach(async () => {
    workspace = await makeWorkspace();
    const owner = { ...currentOwner(), host: 'elsewhere', boot: 'another', pid: 4711 };
    const owned = create(stateFolderOf(workspace), idOf(0), 2, { owner });
    value(owned.commit([started, taskStarted('t0')]));
    owned.dispose();
  });
  afterEach(() => removeWorkspace(workspace));

  it('asks for force before it ends it, and says what that means', async () => {
    const refused = await runCli(workspace, ['resume', 'latest']);
    assert.equal(refused.status, 2);
    const asked = await runCli(workspace, ['cancel', 'latest']);
    assert.equal(asked.status, 1);
    assert.match(asked.stderr, /process 4711 on elsewhere has not acted on it yet/);
    assert.match(asked.stderr, /not there any more: agent-executor cancel \S+ --force/);
    const forced = await runCli(workspace, ['cancel', 'latest', '--force']);
    assert.equal(forced.status, 0, forced.stderr);
    assert.match(forced.stderr, /warning: its runner \(process 4711 on elsewhere\) cannot be/);
    assert.match(forced.stdout, /is over: interrupted/);
  });
});

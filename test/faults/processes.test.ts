import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ensureStateFolder, viewPath } from '../../src/engine/store/state-folder.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { readSnapshot } from '../../src/engine/store/state-follower.ts';
import {
  create,
  deadOwner,
  idOf,
  started,
  temporaryState,
  until,
  value,
} from '../unit/engine/store/fixtures.ts';
import type { Answer, Order } from './child.ts';

class Child {
  readonly process: ChildProcess;
  readonly answers: Answer[] = [];

  constructor() {
    this.process = fork(path.join(import.meta.dirname, 'child.ts'), {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.process.on('message', (answer: Answer) => this.answers.push(answer));
  }

  tell(order: Order): void {
    this.process.send(order);
  }

  all<T extends Answer['type']>(type: T): readonly Extract<Answer, { type: T }>[] {
    return this.answers.filter((answer) => answer.type === type) as never;
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}

describe('several processes', function () {
  this.timeout(180_000);
  let state: ReturnType<typeof temporaryState>;
  let children: Child[] = [];
  beforeEach(() => (state = temporaryState()));
  afterEach(async () => {
    for (const child of children) await child.kill();
    children = [];
    state.remove();
  });

  async function start(count: number): Promise<readonly Child[]> {
    const made = Array.from({ length: count }, () => new Child());
    children.push(...made);
    await until('all ready', () => made.every((child) => child.all('ready').length === 1), 60_000);
    return made;
  }

  it('that claim the same execution: one gets it', async () => {
    const claimants = await start(6);
    const { workspace } = state.folder;
    for (let round = 0; round < 15; round += 1) {
      const id = idOf(round);
      const owned = create(state.folder, id, 1, { owner: deadOwner() });
      value(owned.commit([started]));
      owned.dispose();
      for (const child of claimants) child.tell({ type: 'claim', workspace, id });
      const done = (): boolean => claimants.every((each) => each.all('claimed').length > round);
      await until('all answers', done);
      const codes = claimants.map((child) => child.all('claimed')[round]!.code).sort();
      assert.deepEqual(codes, ['ok', ...Array<string>(5).fill('owned')].sort());
    }
  });

  it('of which one is killed while it writes: nothing it was told is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [child] = await start(1);
      const id = idOf(round);
      child!.tell({ type: 'storm', workspace: state.folder.workspace, id, tasks: 5000 });
      const enough = 20 + round * 40;
      await until('some progress', () => child!.all('acknowledged').length > enough, 60_000);
      await child!.kill();
      const acknowledged = child!.all('acknowledged').at(-1)!.seq;
      const read = value(readExecution(state.folder, id));
      assert.ok(read.seq >= acknowledged, `${String(read.seq)} of ${String(acknowledged)}`);
      const { executions } = await readSnapshot(state.folder);
      assert.equal(executions[0]?.id, id);
      assert.equal(executions[0].status, 'interrupted');
      assert.match(executions[0].message ?? '', /is gone/);
    }
  });

  it('of which one is killed with the lock: the next one has it at once', async () => {
    value(ensureStateFolder(state.folder));
    const { workspace } = state.folder;
    const [next, ...holders] = await start(4);
    for (const [index, holder] of holders.entries()) {
      holder.tell({ type: 'lock', workspace, forMs: null });
      await until('the lock', () => holder.all('locked').length === 1);
      await holder.kill();
      next!.tell({ type: 'lock', workspace, forMs: 0 });
      await until('the next', () => next!.all('released').length === index + 1, 2000);
      assert.equal(next!.all('locked')[index]?.code, 'ok');
    }
  });

  it('that find a dead lock: one has it at a time', async () => {
    value(ensureStateFolder(state.folder));
    const { workspace } = state.folder;
    const contenders = await start(8);
    for (let round = 0; round < 10; round += 1) {
      const lock = `${viewPath(state.folder)}.lock`;
      fs.mkdirSync(lock);
      // Every second one holds a foreign file, which must not keep it for ever.
      if (round % 2 === 1) fs.writeFileSync(path.join(lock, '.DS_Store'), '');
      const old = new Date(Date.now() - 60_000);
      fs.utimesSync(lock, old, old);
      for (const child of contenders) child.tell({ type: 'lock', workspace, forMs: 20 });
      await until('all had it', () =>
        contenders.every((child) => child.all('released').length > round),
      );
      for (const child of contenders) {
        const name = `round ${String(round)}`;
        assert.equal(child.all('locked')[round]!.wasAlone, true, `${name}: two holders`);
        assert.equal(child.all('released')[round]!.wasMine, true, name);
      }
    }
  });

  it('of which one was paused and taken over: it is fenced when it wakes', async function () {
    if (process.platform === 'win32') this.skip();
    const [child] = await start(1);
    const id = idOf(0);
    child!.tell({ type: 'storm', workspace: state.folder.workspace, id, tasks: 20_000 });
    await until('progress', () => child!.all('acknowledged').length > 20, 60_000);
    child!.process.kill('SIGSTOP');
    // A forced takeover, as after a wrong verdict: the claim alone decides.
    const { claimPath } = await import('../../src/engine/store/state-folder.ts');
    const claim = JSON.stringify({ owner: deadOwner(), why: 'recovery', nonce: 'x' });
    fs.writeFileSync(claimPath(state.folder, id, 2), claim, { flag: 'wx' });
    const recovered = await import('../../src/engine/store/owned-execution.ts').then((module) =>
      value(module.claimExecution(state.folder, id, { owner: deadOwner(), why: 'recovery' })),
    );
    const { seq } = recovered.state;
    child!.process.kill('SIGCONT');
    await until('its end', () => child!.all('failed').length === 1);
    assert.equal(child!.all('failed')[0]?.code, 'fenced');
    const told = child!.all('acknowledged').at(-1)!.seq;
    assert.ok(told < seq, `told ${String(told)}, taken over at ${String(seq)}`);
    assert.deepEqual(value(readExecution(state.folder, id)), recovered.state);
    recovered.dispose();
  });
});

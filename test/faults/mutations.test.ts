import assert from 'node:assert/strict';
import { buildStore, type Mutation } from './mutations/build-store.ts';
import { runCheck, storeChecks } from './mutations/store-checks.ts';

const mutations: readonly Mutation[] = [
  {
    name: 'looking for a claim after the append',
    file: 'journal-owner.ts',
    from: 'if (isClaimedAfter(this.folder, this.id, this.epoch)) return this.#fence();',
    to: '',
  },
  {
    name: 'voiding what was written after a claim',
    file: 'journal-chain.ts',
    from: 'wanted === null ? whole : whole.subarray(0, wanted.prevBytes)',
    to: 'whole',
  },
  {
    name: 'reading the journal after the claim',
    file: 'owned-execution.ts',
    from: 'const chain = readChain(folder, id);',
    to: 'const chain = before;',
  },
  {
    name: 'the exclusive claim',
    file: 'claim-epoch.ts',
    from: 'disk.link(draft, target);',
    to: 'disk.link(draft, `${draft}.tmp`); disk.rename(draft, target);',
  },
  {
    name: 'the checksum of a journal line',
    file: 'journal-line.ts',
    from: "if (line.toString('latin1', bodyLength) !== expected) return null;",
    to: '',
  },
  {
    name: 'the loop around a write',
    file: 'write-file.ts',
    from: 'done += count;\n    refusals',
    to: 'done = bytes.length;\n    refusals',
  },
  {
    name: 'the size after a sync',
    file: 'write-file.ts',
    from: 'disk.fstat(fd).size !== BigInt(bytes.length)',
    to: 'false',
  },
  {
    name: 'the second look after a hint',
    file: 'state-follower.ts',
    from: 'const recheckMs = [80, 500];',
    to: 'const recheckMs: number[] = [];',
  },
  {
    name: 'the epoch in the order of states',
    file: 'join-executions.ts',
    from: 'return a.epoch - b.epoch || a.seq - b.seq;',
    to: 'return a.seq - b.seq;',
  },
  {
    name: 'the quarantine',
    file: 'view-writer.ts',
    from: "if (view.kind === 'bad') this.#setAside(reading, 'damaged');",
    to: '',
  },
  {
    name: 'the token for breaking a lock',
    file: 'view-lock.ts',
    from: 'createFile(folder.disk, token, Buffer.from(JSON.stringify(currentOwner())), { sync: false });\n  } catch',
    to: '} catch',
  },
];

/** Tried only where no other check notices. */
const slowChecks: readonly string[] = [
  'a change that nobody tells of is found soon after one that was told',
  'bytes that cannot be used are kept',
  'a dead lock is broken once',
];

describe('the protocol of the store', function () {
  this.timeout(120_000);

  it('passes its checks', async () => {
    const intact = await buildStore(null);
    const failures = await Promise.all(
      Object.entries(storeChecks).map(async ([name, check]) => {
        const error = await runCheck(check, intact);
        return error === null ? [] : [`${name}: ${error.stack ?? error.message}`];
      }),
    );
    assert.deepEqual(failures.flat(), []);
  });

  for (const mutation of mutations) {
    it(`would fail a check without ${mutation.name}`, async () => {
      const mutant = await buildStore(mutation);
      const quick = Object.entries(storeChecks).filter(([name]) => !slowChecks.includes(name));
      const slow = Object.entries(storeChecks).filter(([name]) => slowChecks.includes(name));
      for (const checks of [quick, slow]) {
        const run = checks.map(([, check]) => runCheck(check, mutant));
        if ((await Promise.all(run)).some((error) => error !== null)) return;
      }
      assert.fail('no check noticed');
    });
  }
});

import assert from 'node:assert/strict';
import { buildStore, type Mutation } from './mutations/build-store.ts';
import { runCheck, storeChecks } from './mutations/store-checks.ts';
import { viewChecks } from './mutations/view-checks.ts';

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
  {
    name: 'the rename of the view',
    file: 'view-writer.ts',
    from: 'await renameOver(this.#folder, this.#clock, draft, target);',
    to: "const fd = disk.open(target, 'w'); disk.write(fd, bytes, 0, bytes.length); disk.close(fd); removeQuietly(disk, draft);",
  },
  {
    name: 'the lock of the view',
    file: 'view-writer.ts',
    from: 'const lock = await acquireViewLock(this.#folder, this.#clock);',
    to: 'const lock = ok({ isMine: () => true, release: async () => {} });',
  },
  {
    name: 'the look at the view before its replacement',
    file: 'view-writer.ts',
    from: 'signatureOf(disk, target) !== before.signature || ',
    to: '',
  },
  {
    name: 'the look at whose lock is released',
    file: 'view-lock.ts',
    from: 'instanceOf(this.#folder, this.path) === this.#instance &&',
    to: '',
  },
  {
    name: 'breaking the lock of the dead',
    file: 'view-lock.ts',
    from: "return ageMs > staleMs || judgeOwner(owner) === 'gone';",
    to: 'return ageMs > staleMs;',
  },
  {
    name: 'the revision that only grows',
    file: 'view-writer.ts',
    from: 'Math.max(base.revision, this.#reader.lastRevision) + 1',
    to: 'base.revision + 1',
  },
  {
    name: 'respect for a newer version',
    file: 'view-text.ts',
    from: "if (version > viewVersion) return { kind: 'newer', version, executions: usable };",
    to: '',
  },
  {
    name: 'the mark of an execution that may be active',
    file: 'owned-execution.ts',
    from: 'markActive(folder, { id, epoch: 1 });\n    const owner',
    to: 'const owner',
  },
  {
    name: 'the proof that an owner is gone',
    file: '../liveness/owner.ts',
    from: "if (owner.pidNamespace !== pidNamespace) return 'unknown';",
    to: '',
  },
  {
    name: 'the start time beside the pid',
    file: '../liveness/owner.ts',
    from: "isSameStart(startTime, report.startTime) ? 'alive' : 'gone'",
    to: "'alive'",
  },
  {
    name: 'the end of an epoch after a failed sync',
    file: 'journal-writer.ts',
    from: '    } catch (error) {\n      this.close();\n      throw error;\n    }\n  }\n\n  /** Closes',
    to: '    } catch (error) {\n      throw error;\n    }\n  }\n\n  /** Closes',
  },
];

const allChecks = { ...storeChecks, ...viewChecks };

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
      Object.entries(allChecks).map(async ([name, check]) => {
        const error = await runCheck(check, intact);
        return error === null ? [] : [`${name}: ${error.stack ?? error.message}`];
      }),
    );
    assert.deepEqual(failures.flat(), []);
  });

  for (const mutation of mutations) {
    it(`would fail a check without ${mutation.name}`, async () => {
      const mutant = await buildStore(mutation);
      const quick = Object.entries(allChecks).filter(([name]) => !slowChecks.includes(name));
      const slow = Object.entries(allChecks).filter(([name]) => slowChecks.includes(name));
      for (const checks of [quick, slow]) {
        const run = checks.map(([, check]) => runCheck(check, mutant));
        if ((await Promise.all(run)).some((error) => error !== null)) return;
      }
      assert.fail('no check noticed');
    });
  }
});

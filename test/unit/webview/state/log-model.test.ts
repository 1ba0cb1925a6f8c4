import assert from 'node:assert/strict';
import { noFind, LogModel, type LogParts } from '../../../../src/webview/state/log-model.ts';
import { openDetail } from '../../../../src/webview/state/detail-state.ts';
import { fail, ok, type Result } from '../../../../src/model/result.ts';
import { settle } from '../../protocol/fake-after.ts';
import { ranRow } from '../fake-task-row.ts';

describe('the log that a page shows', () => {
  const startMs = 1_800_000_000_000;

  /** A model beside an execution of one task, and the way to answer what it asks for. */
  function start(): {
    readonly parts: () => LogParts;
    answer(result: Result<null>): Promise<void>;
  } {
    const answers: ((result: Result<null>) => void)[] = [];
    const detail = openDetail({
      tasks: [ranRow('build', startMs, null)],
    } as unknown as Parameters<typeof openDetail>[0]);
    let parts: LogParts = { logTask: null, log: null, isReadingLog: false, find: noFind };
    const model = new LogModel({
      endpoint: {
        ask: () =>
          new Promise((resolve) => {
            answers.push(resolve);
          }),
        tell: () => undefined,
      } as unknown as ConstructorParameters<typeof LogModel>[0]['endpoint'],
      after: () => () => undefined,
      read: () => ({ ...parts, detail, view: { task: null, attempt: null } }),
      set: (change) => {
        parts = { ...parts, ...change };
      },
      report: (message) => assert.fail(message),
      stopFollowing: () => undefined,
    });
    model.choose();
    return {
      parts: () => parts,
      answer: async (result) => {
        answers.shift()?.(result);
        await settle();
      },
    };
  }

  it('is read until the extension has answered that there is none', async () => {
    const { parts, answer } = start();
    assert.deepEqual([parts().logTask, parts().log, parts().isReadingLog], ['build', null, true]);
    await answer(ok(null));
    assert.deepEqual([parts().log, parts().isReadingLog], [null, false]);
  });

  it('is still to be read where the extension could not', async () => {
    const { parts, answer } = start();
    await answer(fail('unreadable', 'the disk is away'));
    assert.equal(parts().isReadingLog, true);
  });
});

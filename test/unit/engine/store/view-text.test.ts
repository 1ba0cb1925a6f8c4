import assert from 'node:assert/strict';
import type { Execution } from '../../../../src/model/execution.ts';
import { joinEntries, type ViewEntry } from '../../../../src/engine/store/view-entry.ts';
import { ownView, parseView, ViewText } from '../../../../src/engine/store/view-text.ts';
import { at, create, idOf, started, temporaryState, value } from './fixtures.ts';

/** Texts that look like borders in the file. */
const nasty = ['\n    },\n    {', '\n  ]', '"tasks": [', ',\n      "tasks": [', '\u2028', '}', '"'];

describe('the text of a view', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  function executions(): readonly Execution[] {
    return nasty.map((message, index) => {
      const owned = create(state.folder, idOf(index));
      const end = { type: 'execution-finished', at, status: 'succeeded', reason: null } as const;
      value(owned.commit([started, { ...end, message, outputs: { tasks: message } }]));
      owned.dispose();
      return owned.state;
    });
  }

  it('is read back as it was written, whatever stands in it', () => {
    const all = executions();
    for (const list of [all, all.slice(0, 1), []]) {
      const text = new ViewText();
      const view = { revision: 7, others: { 'not ours': ['\n  "executions": ['] } };
      const bytes = text.encode(
        view,
        list.map((execution) => text.entryOf(execution)),
      );
      const read = parseView(bytes);
      assert.ok(read.kind === 'valid' && read.isOwnText);
      assert.deepEqual([read.revision, read.others, read.rejected], [7, view.others, 0]);
      assert.deepEqual(read.executions, list);
      // And what was not changed is written as it was.
      assert.deepEqual(text.encode(read, read.entries ?? []), bytes);
    }
  });

  it('is not read but for what a change is joined with', () => {
    const [one, two] = executions();
    assert.ok(one !== undefined && two !== undefined);
    const text = new ViewText();
    const untouched: ViewEntry = {
      ...text.entryOf(one),
      get execution(): Execution {
        throw new Error('this one did not change');
      },
    };
    const newer = { ...two, seq: two.seq + 1 };
    const entries = [untouched, text.entryOf(two)];
    const joined = joinEntries(entries, [newer], (execution) => text.entryOf(execution));
    assert.ok(joined.includes(untouched));
    assert.equal(joined.find(({ id }) => id === two.id)?.execution, newer);
  });

  it('leaves out what is no execution', () => {
    const head = { id: 'x', createdAt: '', isOver: true };
    const broken: ViewEntry = { ...head, bytes: Buffer.from('{}'), execution: null };
    const view = ownView({ revision: 1, others: {} }, [broken]);
    assert.deepEqual([view.executions, view.rejected], [[], 1]);
  });
});

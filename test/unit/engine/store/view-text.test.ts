import assert from 'node:assert/strict';
import type { Execution } from '../../../../src/model/execution.ts';
import { joinEntries, type ViewEntry } from '../../../../src/engine/store/view-entry.ts';
import { ownView, parseView, ViewText } from '../../../../src/engine/store/view-text.ts';
import { at, create, idOf, started, temporaryState, value } from './fixtures.ts';

/** Texts that look like borders in the file. */
const nasty = [
  ...['\n    },\n    {', '\n  ]', '"tasks": [', ',\n      "tasks": [', '\u2028', '}', '"'],
  ...['\n      "status": "running"', '\n      "id": "another"', '\\'],
];

describe('the text of a view', () => {
  let state: ReturnType<typeof temporaryState>;
  beforeEach(() => (state = temporaryState()));
  afterEach(() => state.remove());

  function executions(): readonly Execution[] {
    return nasty.map((message, index) => {
      const owned = create(state.folder, idOf(index));
      const end = { type: 'execution-finished', at, status: 'succeeded', reason: null } as const;
      value(
        owned.commit([
          started,
          {
            ...end,
            message,
            outputs: { tasks: message, id: 'x', createdAt: 'x', status: 'running' },
          },
        ]),
      );
      owned.dispose();
      return owned.state;
    });
  }

  it('is read back as it was written, whatever stands in it', () => {
    const all = executions();
    // A text without any other character is looked through in one piece.
    const ascii = all.filter(({ message }) => message !== '\u2028');
    assert.equal(ascii.length, all.length - 1);
    for (const list of [all, ascii, all.slice(0, 1), []]) {
      const text = new ViewText();
      const view = { revision: 7, others: { 'not ours': ['\n  "executions": ['] } };
      const bytes = text.encode(
        view,
        list.map((execution) => text.entryOf(execution)),
      );
      const read = parseView(bytes);
      assert.ok(read.kind === 'valid' && read.isOwnText && read.entries !== null);
      assert.deepEqual([read.revision, read.others, read.rejected], [7, view.others, 0]);
      assert.deepEqual(
        read.entries.map(({ id, createdAt, isOver }) => [id, createdAt, isOver]),
        list.map(({ id, createdAt }) => [id, createdAt, true]),
      );
      assert.deepEqual(read.executions, list);
      // And what was not changed is written as it was.
      assert.deepEqual(text.encode(read, read.entries), bytes);
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

  it('has the same executions where its text is the same as before, wherever they stand', () => {
    const [a, b, c, d, e] = executions();
    assert.ok(a && b && c && d && e);
    const text = new ViewText();
    const write = (...list: readonly Execution[]): Uint8Array => {
      const entries = list.map((execution) => text.entryOf(execution));
      // Of its own: the next one is written in the same place.
      return Buffer.from(text.encode({ revision: 1, others: {} }, entries));
    };
    const before = parseView(write(a, b, c, d));
    assert.ok(before.kind === 'valid');
    const changed: Execution = { ...b, seq: b.seq + 1 };
    const old = [a, b, c, d];
    const lists: readonly (readonly Execution[])[] = [
      ...[old, [e, ...old], [a, changed, c, d], [c, d]],
      ...[[d, a], [e], []],
    ];
    for (const list of lists) {
      const read = parseView(write(...list), before);
      assert.ok(read.kind === 'valid');
      assert.deepEqual(read.executions, list);
      assert.deepEqual(
        read.executions.map((execution): boolean => before.executions.includes(execution)),
        list.map((execution) => old.includes(execution)),
      );
      // What was taken over once is taken over again.
      const later = parseView(write(...list, e), read);
      assert.ok(later.kind === 'valid');
      assert.ok(read.executions.every((execution) => later.executions.includes(execution)));
    }
  });

  it('is the same whether tasks were written before or not', () => {
    const [one] = executions();
    const task = one?.tasks[0];
    assert.ok(one && task);
    const tasks = Array.from({ length: 150 }, (_, at) => ({ ...task, id: `t${String(at)}` }));
    const text = new ViewText();
    let execution: Execution = { ...one, tasks };
    for (const at of [0, 63, 64, 127, 128, 149]) {
      const changed = execution.tasks.slice();
      changed[at] = { ...task, id: `t${String(at)}`, message: 'changed' };
      execution = { ...execution, tasks: changed };
      assert.deepEqual(
        text.entryOf(execution).bytes,
        new ViewText().entryOf({ ...execution }).bytes,
      );
    }
  });

  it('is not taken for what was there before when it is cut or followed by something else', () => {
    const [a, b] = executions();
    assert.ok(a && b);
    const text = new ViewText();
    const bytes = text.encode({ revision: 1, others: {} }, [text.entryOf(a), text.entryOf(b)]);
    const before = parseView(bytes);
    const withoutItsLastLineEnd = bytes.length - 1;
    for (let end = 1; end < withoutItsLastLineEnd; end += 1) {
      assert.notEqual(parseView(bytes.subarray(0, end), before).kind, 'valid', String(end));
    }
    // Whole as JSON, but by other hands: it is compared with the journals.
    for (const text of [bytes.subarray(0, withoutItsLastLineEnd), Buffer.concat([bytes, bytes])]) {
      const read = parseView(text, before);
      assert.ok(read.kind !== 'valid' || !read.isOwnText);
    }
  });

  it('leaves out what is no execution', () => {
    const head = { id: 'x', createdAt: '', isOver: true };
    const bytes = Buffer.from('{}');
    const broken: ViewEntry = { ...head, bytes, pieces: [bytes], place: null, execution: null };
    const view = ownView({ revision: 1, others: {} }, [broken]);
    assert.deepEqual([view.executions, view.rejected], [[], 1]);
  });
});

/** JSON that is not ours, in the place of every file that is: never a crash, and no byte is overwritten that is not kept. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { silentLog, systemClock } from '../../src/engine/ports.ts';
import { readChain } from '../../src/engine/store/journal-chain.ts';
import { StateReader } from '../../src/engine/store/state-reader.ts';
import {
  claimPath,
  executionsFolder,
  inboxFolder,
  journalPath,
  quarantineFolder,
  viewPath,
  type StateFolder,
} from '../../src/engine/store/state-folder.ts';
import { watchInbox } from '../../src/engine/store/inbox.ts';
import { listExecutions } from '../../src/engine/history/list-executions.ts';
import { historyFolder } from '../../src/engine/history/history-files.ts';
import { updateHistory } from '../../src/engine/history/update-history.ts';
import { parseView } from '../../src/engine/store/view-text.ts';
import { ViewReader } from '../../src/engine/store/view-reader.ts';
import { ViewWriter } from '../../src/engine/store/view-writer.ts';
import {
  create,
  finished,
  idOf,
  plan,
  started,
  temporaryState,
  value,
} from '../unit/engine/store/fixtures.ts';
import { isJson, notJson, shapes } from './json-documents.ts';

type State = ReturnType<typeof temporaryState>;

const documents = [...isJson, ...notJson, ...shapes].map((document) =>
  Buffer.from(document as string),
);

function nameOf(document: Uint8Array): string {
  const text = Buffer.from(document).toString('latin1');
  return text.length > 60 ? `${text.slice(0, 60)}… (${String(text.length)} bytes)` : text;
}

/** One execution that is over, in the journals and in the view. */
async function filled(): Promise<State> {
  const state = temporaryState();
  const owned = create(state.folder, idOf(0));
  value(owned.commit([started]));
  value(owned.commit([finished]));
  value(await write(state.folder));
  owned.dispose();
  return state;
}

function write(folder: StateFolder): ReturnType<ViewWriter['update']> {
  const reader = new ViewReader(folder);
  // The patience with editors is tested elsewhere, and would take two seconds for each document here.
  let nowMs = 0;
  const clock = {
    ...systemClock,
    monotonicMs: () => (nowMs += 1),
    after: (ms: number, run: () => void) => systemClock.after(ms > 100 ? 0 : ms / 100, run),
  };
  const writer = new ViewWriter({ folder, reader, clock, keep: 200 });
  return writer.update({ put: [plan(idOf(1))] });
}

function quarantined(folder: StateFolder): readonly Buffer[] {
  const home = quarantineFolder(folder);
  if (!fs.existsSync(home)) return [];
  return fs.readdirSync(home).map((name) => fs.readFileSync(path.join(home, name)));
}

describe('JSON that is not ours', function () {
  this.timeout(60_000);
  let state: State;
  beforeEach(async () => {
    state = await filled();
  });
  afterEach(() => state.remove());

  it('is told from what is no JSON', () => {
    for (const text of isJson) assert.doesNotThrow(() => void JSON.parse(text), text);
    for (const bytes of notJson) {
      const { kind } = parseView(Buffer.from(bytes as string));
      assert.ok(kind === 'bad' || kind === 'empty', nameOf(Buffer.from(bytes as string)));
    }
  });

  it('in the place of the view hides nothing', () => {
    for (const document of documents) {
      fs.writeFileSync(viewPath(state.folder), document);
      const { folder } = state;
      const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
      const { executions } = reader.read();
      if (parseView(document).kind === 'newer') continue;
      assert.ok(
        executions.some(({ id, status }) => id === idOf(0) && status === 'succeeded'),
        nameOf(document),
      );
    }
  });

  it('in the place of the view is kept before it is overwritten, and left alone when it is newer', async () => {
    const home = quarantineFolder(state.folder);
    for (const document of documents) {
      fs.rmSync(home, { recursive: true, force: true });
      fs.writeFileSync(viewPath(state.folder), document);
      const parsed = parseView(document);
      const result = await write(state.folder);
      const now = fs.readFileSync(viewPath(state.folder));
      const where = nameOf(document);
      if (parsed.kind === 'newer') {
        assert.equal(result.ok ? 'ok' : result.error.code, 'newer-version', where);
        assert.ok(now.equals(document), where);
        continue;
      }
      assert.ok(result.ok, `${where}: ${JSON.stringify(result)}`);
      const ids = (JSON.parse(now.toString('utf8')) as { executions: { id: string }[] }).executions;
      assert.deepEqual(
        ids.map(({ id }) => id),
        [idOf(1), idOf(0)],
        where,
      );
      const isLost = parsed.kind === 'bad' || (parsed.kind === 'valid' && parsed.rejected > 0);
      const isKept = quarantined(state.folder).some((bytes) => bytes.equals(document));
      assert.equal(isKept, isLost, `${where}: in quarantine`);
    }
  });

  it('in the place of a journal is no execution, or a damaged one', () => {
    for (const document of documents) {
      for (const tail of ['', '\n']) {
        const bytes = Buffer.concat([document, Buffer.from(tail)]);
        fs.writeFileSync(journalPath(state.folder, idOf(0), 1), bytes);
        const read = readChain(state.folder, idOf(0));
        assert.ok(!read.ok, nameOf(document));
        assert.match(read.error.code, /^(unknown-execution|damaged)$/, nameOf(document));
      }
    }
  });

  it('behind a journal changes nothing of what it says', () => {
    const file = journalPath(state.folder, idOf(0), 1);
    const good = fs.readFileSync(file);
    for (const document of documents) {
      fs.writeFileSync(file, Buffer.concat([good, document, Buffer.from('\n')]));
      const read = value(readChain(state.folder, idOf(0)));
      assert.equal(read.execution.status, 'succeeded', nameOf(document));
    }
  });

  it('in the place of a claim makes nobody an owner, and no one fails by it', () => {
    for (const document of documents) {
      fs.writeFileSync(claimPath(state.folder, idOf(0), 1), document);
      const { folder } = state;
      const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
      reader.recover();
      const found = reader.read().executions.find(({ id }) => id === idOf(0));
      assert.equal(found?.status, 'succeeded', nameOf(document));
    }
  });

  it('in the place of a request is dropped', () => {
    const inbox = inboxFolder(state.folder, idOf(0));
    fs.mkdirSync(inbox, { recursive: true });
    const asked: string[] = [];
    for (const [index, document] of documents.entries()) {
      fs.writeFileSync(path.join(inbox, `${String(index)}.json`), document);
    }
    watchInbox(state.folder, idOf(0), ({ type }) => asked.push(type)).dispose();
    assert.deepEqual(asked, []);
    assert.deepEqual(fs.readdirSync(inbox), []);
  });

  it('in the place of the history’s files is read from the journals again', async () => {
    value(await updateHistory(state.folder, { search: 'names' }));
    const home = historyFolder(state.folder);
    for (const document of documents) {
      for (const name of fs.readdirSync(home)) {
        const file = path.join(home, name);
        if (fs.statSync(file).isFile()) fs.writeFileSync(file, document);
      }
      const { items } = await listExecutions(state.folder, [], { query: {}, limit: 10 });
      assert.deepEqual(
        items.map(({ id, status }) => `${id} ${status}`),
        [`${idOf(0)} succeeded`],
        nameOf(document),
      );
    }
  });

  it('in the place of folders is a failure in words', () => {
    fs.rmSync(executionsFolder(state.folder), { recursive: true });
    fs.writeFileSync(executionsFolder(state.folder), '{}');
    fs.rmSync(viewPath(state.folder));
    fs.mkdirSync(viewPath(state.folder));
    const { folder } = state;
    const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
    const { trouble } = reader.read();
    assert.match(trouble?.message ?? '', /a folder stands where a file should be/);
  });
});

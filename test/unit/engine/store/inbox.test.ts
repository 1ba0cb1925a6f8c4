import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { ExecutionRequest } from '../../../../src/model/execution.ts';
import { sendRequest, watchInbox } from '../../../../src/engine/store/inbox.ts';
import { inboxFolder } from '../../../../src/engine/store/state-folder.ts';
import { codeOf, create, idOf, temporaryState, until, value } from './fixtures.ts';

describe('an inbox', () => {
  let state: ReturnType<typeof temporaryState>;
  const id = idOf(0);
  beforeEach(() => {
    state = temporaryState();
    create(state.folder, id).dispose();
  });
  afterEach(() => state.remove());

  it('hands over each request once, also those from before, and is empty then', async () => {
    const before = value(sendRequest(state.folder, id, { type: 'cancel', task: null, by: 'me' }));
    const seen: ExecutionRequest[] = [];
    const watch = watchInbox(state.folder, id, (request) => seen.push(request));
    const after = value(sendRequest(state.folder, id, { type: 'approve', task: 't0', by: 'you' }));
    await until('both', () => seen.length === 2);
    await until(
      'an empty folder',
      () => fs.readdirSync(inboxFolder(state.folder, id)).length === 0,
    );
    watch.dispose();
    assert.deepEqual(seen, [before, after]);
  });

  it('leaves out what is no request, and goes on when a handler throws', async () => {
    fs.mkdirSync(inboxFolder(state.folder, id), { recursive: true });
    fs.writeFileSync(`${inboxFolder(state.folder, id)}/0.json`, 'garbage');
    fs.writeFileSync(`${inboxFolder(state.folder, id)}/1.json`, '{"type":"format"}');
    let count = 0;
    const watch = watchInbox(state.folder, id, () => {
      count += 1;
      throw new Error('broken');
    });
    value(sendRequest(state.folder, id, { type: 'kill', task: null, by: 'me' }));
    await until('the request', () => count === 1);
    await until(
      'an empty folder',
      () => fs.readdirSync(inboxFolder(state.folder, id)).length === 0,
    );
    watch.dispose();
  });

  it('hands over nothing after its end', async () => {
    let count = 0;
    watchInbox(state.folder, id, () => (count += 1)).dispose();
    value(sendRequest(state.folder, id, { type: 'kill', task: null, by: 'me' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(count, 0);
  });

  it('of an execution that is not there takes nothing', () => {
    const request = { type: 'cancel', task: null, by: 'me' } as const;
    assert.equal(codeOf(sendRequest(state.folder, idOf(9), request)), 'unknown-execution');
    assert.equal(codeOf(sendRequest(state.folder, '../..', request)), 'unknown-execution');
  });
});

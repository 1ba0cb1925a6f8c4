import assert from 'node:assert/strict';
import { Endpoint } from '../../../src/protocol/endpoint.ts';
import { count, nothing, shape, text } from '../../../src/protocol/guard.ts';
import {
  RefusedError,
  type Ask,
  type GuardsOf,
  type HandlersOf,
  type Tell,
} from '../../../src/protocol/message-map.ts';
import { FakeTimers, settle } from './fake-after.ts';

interface ToServer {
  readonly add: Ask<{ readonly a: number; readonly b: number }, number>;
  readonly slow: Ask<null, string>;
  readonly note: Tell<string>;
}
interface ToClient {
  readonly hello: Tell<string>;
}

const serverGuards: GuardsOf<ToServer> = {
  add: { body: shape({ a: count(), b: count() }), answer: count() },
  slow: { body: nothing, answer: text(10) },
  note: { body: text(5) },
};
const clientGuards: GuardsOf<ToClient> = { hello: { body: text(20) } };

/** Two ends, and what went over the line between them. */
function connect(handlers: Partial<HandlersOf<ToServer>> = {}) {
  const timers = new FakeTimers();
  const line: unknown[] = [];
  const reports: string[] = [];
  const heard: string[] = [];
  const report = (message: string): void => void reports.push(message);
  const client: Endpoint<ToClient, ToServer> = new Endpoint<ToClient, ToServer>({
    post: (message) => {
      line.push(message);
      server.receive(structuredClone(message));
    },
    handlers: { hello: (body) => void heard.push(body) },
    accepts: clientGuards,
    sends: serverGuards,
    report,
    after: timers.after,
  });
  const server: Endpoint<ToServer, ToClient> = new Endpoint<ToServer, ToClient>({
    post: (message) => {
      line.push(message);
      client.receive(structuredClone(message));
    },
    handlers: {
      add: ({ a, b }) => a + b,
      slow: () => new Promise<string>(() => {}),
      note: (body) => void heard.push(body),
      ...handlers,
    },
    accepts: serverGuards,
    sends: clientGuards,
    report,
    after: timers.after,
  });
  return { client, server, timers, line, reports, heard };
}

describe('endpoint', () => {
  it('a request gets the answer of its handler', async () => {
    const { client, timers } = connect();
    assert.deepEqual(await client.ask('add', { a: 2, b: 3 }), { ok: true, value: 5 });
    assert.equal(timers.waiting, 0);
  });

  it('what is told arrives at the other end', () => {
    const { client, server, heard } = connect();
    client.tell('note', 'hi');
    server.tell('hello', 'there');
    assert.deepEqual(heard, ['hi', 'there']);
  });

  it('a refusal is answered with its words', async () => {
    const { client } = connect({
      add: () => {
        throw new RefusedError({ code: 'too-much', message: 'too much', hint: 'take less' });
      },
    });
    assert.deepEqual(await client.ask('add', { a: 1, b: 1 }), {
      ok: false,
      error: { code: 'too-much', message: 'too much', hint: 'take less' },
    });
  });

  it('a handler that throws is answered and reported', async () => {
    const { client, reports } = connect({
      add: () => {
        throw new Error('broken');
      },
    });
    const answer = await client.ask('add', { a: 1, b: 1 });
    assert.deepEqual(answer, { ok: false, error: { code: 'internal', message: 'broken' } });
    assert.deepEqual(reports, ['"add" failed: broken']);
  });

  it('a malformed request is refused, reported and never handled', async () => {
    let handled = 0;
    const { client, reports } = connect({
      add: () => {
        handled += 1;
        return 0;
      },
    });
    const answer = await client.ask('add', { a: -1, b: 1 });
    assert.equal(answer.ok, false);
    assert.equal(handled, 0);
    assert.deepEqual(reports, ['refused a malformed message "add"']);
  });

  it('a malformed answer is a failure of the request', async () => {
    const { client, reports } = connect({ add: () => -1 });
    const answer = await client.ask('add', { a: 1, b: 1 });
    assert.equal(answer.ok ? '' : answer.error.code, 'malformed');
    assert.deepEqual(reports, ['refused a malformed answer to "add"']);
  });

  for (const message of [
    null,
    42,
    'add',
    [],
    {},
    { type: 7 },
    { type: 'constructor', id: 1, body: null },
    { type: '__proto__', body: null },
    { type: 'gone', body: null },
    { type: 'add', body: { a: 1, b: 1 } },
    { type: 'add', id: 'x', body: { a: 1, b: 1 } },
    { type: 'note', id: 3, body: 'hi' },
    { type: 'note', body: 'far too long' },
    { type: 'answer', id: 99, body: 1 },
    { type: 'refused', body: 1 },
  ]) {
    it(`${JSON.stringify(message)} is refused with a report`, () => {
      const { server, reports, heard } = connect();
      server.receive(message);
      assert.notEqual(reports.length, 0);
      assert.deepEqual(heard, []);
    });
  }

  it('a request without an answer fails after its time, and a late answer is refused', async () => {
    let answer: (text: string) => void = () => {};
    const { client, timers, reports } = connect({
      slow: () => new Promise<string>((resolve) => (answer = resolve)),
    });
    const asked = client.ask('slow', null, 1000);
    await settle();
    timers.pass(1000);
    const result = await asked;
    assert.equal(result.ok ? '' : result.error.code, 'timeout');
    answer('late');
    await settle();
    assert.deepEqual(reports, ['refused an answer that nobody waits for']);
  });

  it('the end of the channel fails what is pending, and leaves no timer', async () => {
    const { client, timers } = connect();
    const asked = client.ask('slow', null);
    client.dispose();
    const result = await asked;
    assert.equal(result.ok ? '' : result.error.code, 'closed');
    assert.equal(timers.waiting, 0);
  });

  it('after its end nothing is sent or received', async () => {
    const { client, line, heard } = connect();
    client.dispose();
    client.tell('note', 'hi');
    client.receive({ type: 'hello', body: 'there' });
    const result = await client.ask('add', { a: 1, b: 1 });
    assert.equal(result.ok ? '' : result.error.code, 'closed');
    assert.deepEqual([line, heard], [[], []]);
  });

  it('a message that cannot be sent fails its request', async () => {
    const timers = new FakeTimers();
    const lost = new Endpoint<ToClient, ToServer>({
      post: () => {
        throw new Error('no line');
      },
      handlers: { hello: () => {} },
      accepts: clientGuards,
      sends: serverGuards,
      report: () => {},
      after: timers.after,
    });
    const result = await lost.ask('add', { a: 1, b: 1 });
    assert.deepEqual(result, { ok: false, error: { code: 'not-sent', message: 'no line' } });
    assert.equal(timers.waiting, 0);
  });
});

import assert from 'node:assert/strict';
import { parseRunnerRequest } from '../../../../src/engine/launch/run-from-request.ts';

describe('the request of a launcher', () => {
  const start = {
    type: 'start',
    engine: { workspace: '/w' },
    request: { agent: 'a', inputs: {}, trigger: { kind: 'manual', source: 'vscode' } },
  };
  const restart = {
    type: 'restart',
    engine: { workspace: '/w' },
    request: { id: 'x', why: 'retry', by: 'me' },
  };

  for (const request of [start, restart]) {
    it(`is taken as it is: ${request.type}`, () => {
      assert.deepEqual(parseRunnerRequest(JSON.stringify(request)), { ok: true, value: request });
    });
  }

  const bad = [
    '',
    JSON.stringify(start).slice(0, -5),
    'null',
    '[]',
    '{"type":"start"}',
    '{"type":"other","engine":{"workspace":"/w"},"request":{"agent":"a","inputs":{}}}',
    '{"type":"start","engine":{},"request":{"agent":"a","inputs":{}}}',
    '{"type":"start","engine":{"workspace":"/w"},"request":{"agent":1,"inputs":{}}}',
  ];
  for (const text of bad) {
    it(`is refused: ${text.slice(0, 60)}`, () => {
      const parsed = parseRunnerRequest(text);
      assert.equal(parsed.ok ? 'taken' : parsed.error.code, 'bad-request');
    });
  }
});

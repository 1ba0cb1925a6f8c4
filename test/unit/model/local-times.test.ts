import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withLocalTimes } from '../../../src/model/local-times.ts';
import { tellBy } from '../../../src/model/tell-message.ts';
import type { Translations } from '../../../src/model/translate.ts';

const sign = '2026-11-22T14:15:03.123Z';
const recorded = `the runner (process 4711) is gone; its last sign of life is of ${sign}. Process 9 of task "a" still runs and was left alone`;

describe('withLocalTimes', () => {
  it('puts the last sign of life of a runner into the words of the reader', () => {
    assert.equal(
      withLocalTimes(recorded, (at) => (at === sign ? 'Nov 22, 15:15' : at)),
      recorded.replace(sign, 'Nov 22, 15:15'),
    );
  });

  it('leaves other times as they are', () => {
    const message = `the task said ${sign} and no sign of life`;
    assert.equal(
      withLocalTimes(message, () => ''),
      message,
    );
  });

  it('leaves a message that can be told in another language', () => {
    const file = path.join(import.meta.dirname, '../../../l10n/messages.l10n.de.json');
    const tell = tellBy(JSON.parse(readFileSync(file, 'utf8')) as Translations);
    for (const moment of ['15:15', '22. Nov., 15:15', 'Mai 2 2025, 03:04']) {
      const told = tell(withLocalTimes(recorded, () => moment));
      assert.ok(told.includes(`letztes Lebenszeichen ist von ${moment}.`), told);
    }
  });
});

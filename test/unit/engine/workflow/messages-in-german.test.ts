import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tellBy } from '../../../../src/model/tell-message.ts';
import type { Translations } from '../../../../src/model/translate.ts';
import { parseCase, readCases } from './case-file.ts';

const file = path.join(import.meta.dirname, '../../../../l10n/messages.l10n.de.json');
const tell = tellBy(JSON.parse(readFileSync(file, 'utf8')) as Translations);

/** Words that stand in nearly every English message, and in no German one. */
const english = /\b(the|is|has|must|of|with|which|and|here|cannot|use|belongs|it|for|add)\b/i;

const names = /^\S+ zu \S+ hinzufügen$|`[^`]*`|"[^"]*"|'[^']*'|: \w+( → \w+)+/g;

describe('problems of workflow files in German', () => {
  const problems = readCases().flatMap((one) => parseCase(one).diagnostics);
  const messages = new Set(
    problems.flatMap(({ message, related = [], fix, otherFix }) => [
      message,
      ...related.map((place) => place.message),
      ...[fix, otherFix].flatMap((each) => (each === undefined ? [] : [each.title])),
    ]),
  );

  it('have nothing English left in them', () => {
    const left = [...messages].map(tell).filter((told) => english.test(told.replaceAll(names, '')));
    assert.deepEqual(left, []);
  });

  it('keep every name', () => {
    for (const message of messages) {
      for (const [name] of message.matchAll(/`[^`]+`|"[^"]+"/g)) {
        assert.ok(tell(message).includes(name), message);
      }
    }
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findTexts } from './find-texts.ts';
import { readSourceFiles, root } from './source-files.ts';

type Texts = Readonly<Record<string, string>>;

const readTexts = (name: string): Texts =>
  JSON.parse(readFileSync(path.join(root, 'l10n', name), 'utf8')) as Texts;

/** What a translation has to keep: places of arguments, names of keys and variables. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}|`[^`]+`|\$[A-Z_]+/g)].map(([part]) => part).sort();
}

describe('texts of the extension', () => {
  const english = readTexts('bundle.l10n.json');
  const german = readTexts('bundle.l10n.de.json');
  const uses = readSourceFiles('src/extension').flatMap(({ file }) =>
    findTexts(path.join(root, file)),
  );
  const place = (file: string, line: number): string => `${path.relative(root, file)}:${line}`;

  it('stand where they are translated, so that they can be found', () => {
    const unknown = uses.filter(({ text }) => text === null);
    assert.deepEqual(
      unknown.map(({ file, line }) => place(file, line)),
      [],
    );
  });

  it('are all in l10n/bundle.l10n.json, as they are', () => {
    const missing = uses.filter(({ text }) => text !== null && english[text] !== text);
    assert.deepEqual(
      missing.map(({ file, line, text }) => `${place(file, line)} ${text}`),
      [],
    );
  });

  it('are all used', () => {
    const used = new Set(uses.map(({ text }) => text));
    assert.deepEqual(
      Object.keys(english).filter((text) => !used.has(text)),
      [],
    );
  });

  it('have a German one each', () => {
    assert.deepEqual(Object.keys(german), Object.keys(english));
    assert.deepEqual(
      Object.entries(german).filter(([, text]) => text.trim() === ''),
      [],
    );
  });

  it('keep names and places of arguments in German', () => {
    for (const [text, translated] of Object.entries(german)) {
      assert.deepEqual(fixedParts(translated), fixedParts(text), text);
    }
  });
});

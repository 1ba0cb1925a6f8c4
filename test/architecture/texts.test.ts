import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findPlainTexts } from './find-plain-texts.ts';
import { findTexts, type TextUse } from './find-texts.ts';
import { readSourceFiles, root } from './source-files.ts';

type Texts = Readonly<Record<string, string>>;

const readTexts = (name: string): Texts =>
  JSON.parse(readFileSync(path.join(root, 'l10n', name), 'utf8')) as Texts;

/** What a translation has to keep: places of arguments, names of keys and variables. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}|`[^`]+`|\$[A-Z_]+/g)].map(([part]) => part).sort();
}

const files = (folder: string): readonly string[] =>
  readSourceFiles(folder).map(({ file }) => path.join(root, file));

const places = (uses: readonly TextUse[]): readonly string[] =>
  uses.map(({ file, line, text }) => `${path.relative(root, file)}:${line} ${text ?? ''}`.trim());

function assertFixedParts(texts: Texts): void {
  for (const [text, translated] of Object.entries(texts)) {
    assert.notEqual(translated.trim(), '', text);
    assert.deepEqual(fixedParts(translated), fixedParts(text), text);
  }
}

/** What looks like a text of the pages and is none: names, values of styles, and what goes to the log. */
const noTexts = new Set([
  'Agent Executor',
  'Enter',
  ...['all export', 'all 0', 'task 0', 'group 0'],
  'color-mix(in srgb, 0 45%, var(--vscode-editor-foreground))',
  '2px solid 0',
  ...['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White', 'Bright'],
  'refused a late change 0',
  'missed what came between 0 and 0',
  'refused a late chunk of log 0',
]);

describe('texts of the extension', () => {
  const english = readTexts('bundle.l10n.json');
  const german = readTexts('bundle.l10n.de.json');
  const uses = files('src/extension').flatMap(findTexts);

  it('stand where they are translated, so that they can be found', () => {
    assert.deepEqual(places(uses.filter(({ text }) => text === null)), []);
  });

  it('are all in l10n/bundle.l10n.json, as they are', () => {
    const missing = uses.filter(({ text }) => text !== null && english[text] !== text);
    assert.deepEqual(places(missing), []);
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
  });

  it('keep names and places of arguments in German', () => {
    assertFixedParts(german);
  });
});

describe('texts of the pages', () => {
  const german = readTexts('webview.l10n.de.json');
  // The language itself is handed its texts.
  const all = files('src/webview').filter((file) => !file.endsWith('language/language.ts'));
  const uses = all.flatMap(findTexts);

  it('are all translated', () => {
    const plain = all.flatMap(findPlainTexts).filter(({ text }) => !noTexts.has(text ?? ''));
    assert.deepEqual(places(plain), []);
  });

  it('stand where they are translated, so that they can be found', () => {
    assert.deepEqual(places(uses.filter(({ text }) => text === null)), []);
  });

  it('have a German one each, and nothing else has', () => {
    const used = new Set(uses.map(({ text }) => text ?? ''));
    assert.deepEqual(Object.keys(german), [...used].sort());
  });

  it('keep names and places of arguments in German', () => {
    assertFixedParts(german);
  });

  it('are told from names, keys and classes', () => {
    const found = findPlainTexts(path.join(import.meta.dirname, 'plain-texts.example.tsx'));
    assert.deepEqual(
      found.map(({ text }) => text),
      ['Alone', 'spoken', 'Between tags', '0 of 0 said', '0 in a part'],
    );
  });
});

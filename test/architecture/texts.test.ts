import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tellBy } from '../../src/model/tell-message.ts';
import { findClauses } from './find-messages.ts';
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
  '16px codicon',
  ...['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White', 'Bright'],
  'refused a late change 0',
  'missed what came between 0 and 0',
  'refused a late chunk of log 0',
]);

/** Its texts are those of the extension. */
const divergence = 'src/model/describe-divergence.ts';

/** Where what the engine says to a person in the editor is written. */
const messageFolders = [
  'src/engine/expressions',
  'src/engine/workflow',
  'src/engine/run',
  'src/engine/liveness',
  'src/engine/launch',
  'src/engine/store',
  'src/model',
];

/** What the dashboard refuses, told as the engine's messages are. */
const refusals = ['check-command.ts', 'refuse.ts', 'find-named-file.ts', 'open-workflow-diff.ts'];

/** Files whose texts are for documents, other programs or the log. */
const noMessageFiles = [
  divergence,
  'src/engine/workflow/authoring/json-schema.ts',
  'src/engine/workflow/authoring/key-reference.ts',
  'src/engine/workflow/plan-env-rewrite.ts',
  'src/engine/run/durable-steps.ts',
  'src/engine/run/processes/spawner.ts',
  'src/engine/run/processes/spawner-messages.ts',
  'src/engine/run/processes/spawner-script.ts',
  'src/engine/run/task-kinds/shells.ts',
  'src/engine/liveness/inspect-process.ts',
  'src/engine/liveness/past-runs.ts',
  'src/engine/liveness/stuck.ts',
  'src/engine/store/journal-line.ts',
  'src/engine/store/view-publisher.ts',
  'src/engine/store/view-text.ts',
  'src/engine/store/watch-folder.ts',
];

/** What reads like a message and is none: code, names in the log, a part of another program's error. */
const noMessages = [
  /^\$?\{\d+[:|}]|\$\{\d+:|^(retry|required|type): |^\{0\}: \{ type|^Missing closing$/,
  /^See the ids with|^(execution|concurrency:) \{0\}(: \{1\}.*)?$/,
  /^(following|a listener|the request) (\{0\} )?failed: |^ignored a request|^changes are looked for/,
  /^the view file (could not be repaired: |was )\{0\}$|^a copy is kept in \{0\}$/,
];

describe('texts of the extension', () => {
  const english = readTexts('bundle.l10n.json');
  const german = readTexts('bundle.l10n.de.json');
  const uses = [...files('src/extension'), path.join(root, divergence)].flatMap(findTexts);

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

describe('messages of the engine', () => {
  const german = readTexts('messages.l10n.de.json');
  const everywhere = [
    ...messageFolders.flatMap(files),
    ...refusals.map((name) => path.join(root, 'src/extension/dashboard', name)),
  ];
  const all = everywhere.filter(
    (file) => !noMessageFiles.some((other) => path.join(root, other) === file),
  );
  const clauses = new Set(all.flatMap((file) => findClauses(file)));
  const isMessage = (clause: string): boolean => !noMessages.some((shape) => shape.test(clause));

  it('have a German one each', () => {
    const missing = [...clauses].filter((clause) => isMessage(clause) && !(clause in german));
    assert.deepEqual(missing, []);
  });

  it('have no German one that nobody says', () => {
    const said = new Set(everywhere.flatMap((file) => findClauses(file, { words: true })));
    assert.deepEqual(
      Object.keys(german).filter((clause) => !said.has(clause)),
      [],
    );
  });

  it('keep names and places of arguments in German', () => {
    for (const [text, translated] of Object.entries(german)) {
      assert.notEqual(translated.trim(), '', text);
      // The s of a plural has no place in German.
      const parts = fixedParts(text.replace('task{1}', 'tasks'));
      assert.deepEqual(fixedParts(translated), parts, text);
    }
  });

  it('are each told from all others', () => {
    const tell = tellBy(german);
    const fill = (text: string): string => text.replaceAll(/\{(\d)\}/g, 'X$1');
    for (const [text, translated] of Object.entries(german)) {
      // What has hardly a letter of its own is only ever a part of another one.
      if (text.replaceAll(/\P{L}/gu, '').length < 4) continue;
      assert.equal(tell(fill(text)), fill(translated));
    }
  });

  it('are found in code', () => {
    const found = findClauses(path.join(import.meta.dirname, 'messages.example.ts'));
    assert.deepEqual(found, [
      'the task "{0}" is gone',
      'did you mean "{0}"?',
      'always the same; in two clauses',
    ]);
  });
});

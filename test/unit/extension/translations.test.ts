import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');

function read(name: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(root, name), 'utf8')) as Record<string, string>;
}

/** What must not be translated: names of settings and files, commands of links, numbers. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/`[^`]+`|\(command:[^)]+\)/g)].map(([part]) => part).sort();
}

describe('the German texts of package.json', () => {
  const english = read('package.nls.json');
  const german = read('package.nls.de.json');

  it('are there for every English one, and for no other', () => {
    assert.deepEqual(Object.keys(german), Object.keys(english));
  });

  it('keep names and links as they are', () => {
    for (const [key, text] of Object.entries(german)) {
      assert.deepEqual(fixedParts(text), fixedParts(english[key] ?? ''), key);
    }
  });

  it('keep the dots of commands that ask something', () => {
    for (const [key, text] of Object.entries(german)) {
      if (!key.startsWith('command.')) continue;
      assert.equal(text.endsWith('…'), english[key]?.endsWith('…'), key);
    }
  });
});

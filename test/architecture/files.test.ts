import assert from 'node:assert/strict';
import path from 'node:path';
import { isKebabCase } from '../../build/eslint-rules.mjs';
import { maxLines, vsCodeApiFile } from '../../build/worlds.mjs';
import { countLines, readSourceFiles } from './source-files.ts';

const sources = readSourceFiles('src');
const all = [...sources, ...readSourceFiles('test')];

/** Words that say nothing about what a file holds. */
const emptyWords = /(^|-)(utils?|helpers?|manager|service|common|misc)(-|\.|$)/;

describe('source files', () => {
  it(`have at most ${String(maxLines)} lines`, () => {
    const long = all.filter(({ text }) => countLines(text) > maxLines).map(({ file }) => file);
    assert.deepEqual(long, []);
  });

  it('have names in kebab-case', () => {
    const wrong = all.map(({ file }) => file).filter((file) => !isKebabCase(path.basename(file)));
    assert.deepEqual(wrong, []);
  });

  it('are named for what they hold', () => {
    const wrong = sources
      .map(({ file }) => file)
      .filter((file) => file.split('/').some((part) => emptyWords.test(part)));
    assert.deepEqual(wrong, []);
  });

  it('include no barrel', () => {
    const barrels = sources.map(({ file }) => file).filter((file) => /\/index\.tsx?$/.test(file));
    assert.deepEqual(barrels, []);
  });

  it('ask for the editor in one file of the webview alone', () => {
    const callers = sources.filter(({ text }) => /\bacquireVsCodeApi\(\)[;.,)\s]/.test(text));
    const files = callers.map(({ file }) => file).filter((file) => file !== vsCodeApiFile);
    assert.deepEqual(files, []);
  });
});

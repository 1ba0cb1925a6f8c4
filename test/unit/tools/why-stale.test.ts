import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root as repository } from '../../../scripts/install.mjs';
import { packageSources, timeOf, whyStale } from '../../../scripts/why-stale.mjs';

describe('what was made from files', () => {
  let root: string;
  const sources = ['src', 'package.json'];
  const file = path.join('src', 'deep', 'one.ts');

  /** Gives everything the same old time, so that one thing can be newer. */
  function age(seconds: number, ...places: readonly string[]): void {
    for (const place of places) utimesSync(path.join(root, place), seconds, seconds);
  }

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'stale-'));
    mkdirSync(path.join(root, 'src', 'deep'), { recursive: true });
    for (const name of [file, 'package.json', 'made']) writeFileSync(path.join(root, name), '');
    age(1000, file, path.join('src', 'deep'), 'src', 'package.json');
    age(2000, 'made');
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const why = (): string | undefined => whyStale(root, timeOf(path.join(root, 'made')), sources);

  it('is good while nothing is newer', () => {
    assert.equal(why(), undefined);
  });

  it('is made when it is not there yet', () => {
    rmSync(path.join(root, 'made'));
    assert.equal(why(), 'is not there yet');
  });

  it('is made anew when a file deep in a folder is newer, and that is named', () => {
    age(3000, file);
    assert.equal(why(), `is older than ${file}`);
  });

  it('is made anew when a file was removed', () => {
    rmSync(path.join(root, file));
    age(3000, path.join('src', 'deep'));
    assert.equal(why(), `is older than ${path.join('src', 'deep')}`);
  });

  it('is good when something that it is not made from is newer or missing', () => {
    writeFileSync(path.join(root, 'other'), '');
    rmSync(path.join(root, 'package.json'));
    assert.equal(why(), undefined);
  });

  it('is, as the package, made from all that .vscodeignore lets in', () => {
    const isSource = (place: string): boolean =>
      packageSources.some((source) => place === source || place.startsWith(`${source}/`));
    const patterns = readFileSync(path.join(repository, '.vscodeignore'), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.startsWith('!') && !line.startsWith('!dist/'))
      .map((line) => line.slice(1));
    assert.ok(patterns.length > 5);
    const names = patterns.flatMap((pattern) =>
      pattern === 'package.nls*.json' ? ['package.nls.json', 'package.nls.de.json'] : [pattern],
    );
    assert.deepEqual(
      names.filter((name) => !isSource(name)),
      [],
    );
  });
});

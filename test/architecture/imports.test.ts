import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fenceProblem } from '../../build/eslint-rules.mjs';
import { worlds } from '../../build/worlds.mjs';
import { readSourceFiles, root, type SourceFile } from './source-files.ts';

const files = readSourceFiles('src');

describe('imports of src', () => {
  it('follow the arrows between the folders', () => {
    const problems = files.flatMap(({ file, imports }) =>
      imports.flatMap(({ specifier }) => {
        const problem = fenceProblem(root, path.join(root, file), specifier);
        return problem === undefined ? [] : [`${file}: ${problem}`];
      }),
    );
    assert.deepEqual(problems, []);
  });

  it('make no cycle among the files that load each other', () => {
    assert.deepEqual(findCycle(files), []);
  });

  it('name a file that exists, with its extension', () => {
    const wrong = files.flatMap(({ file, imports }) =>
      imports
        .filter(({ file: target }) => target !== undefined && !existsSync(path.join(root, target)))
        .map(({ specifier }) => `${file}: ${specifier}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('stand in a folder that has its own tsconfig and its arrows', () => {
    const folders = new Set(files.map(({ file }) => file.split('/')[1] ?? ''));
    const unknown = [...folders].filter(
      (folder) =>
        !(folder in worlds) || !existsSync(path.join(root, 'src', folder, 'tsconfig.json')),
    );
    assert.deepEqual(unknown, []);
  });
});

/** The trail of a cycle, its first file twice; empty when there is none. */
function findCycle(all: readonly SourceFile[]): readonly string[] {
  const byName = new Map(all.map((source) => [source.file, source]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (done.has(file)) return [];
    for (const { file: target, isTypeOnly } of byName.get(file)?.imports ?? []) {
      const cycle = target === undefined || isTypeOnly ? [] : visit(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const { file } of all) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import type { Disposable } from '../../../../src/model/disposable.ts';
import { othersThan, watchFile } from '../../../../src/engine/store/watch-folder.ts';
import { temporaryState, until } from './fixtures.ts';

describe('a watch on one file', () => {
  let state: ReturnType<typeof temporaryState>;
  let watch: Disposable | null = null;
  let hints = 0;
  let listed: string[] = [];
  const { readdir } = fs.promises;
  const file = (): string => path.join(state.folder.root, 'view.json');

  /** As a writer does: a lock, a draft, and a new name for it. */
  const replace = (content: string): void => {
    fs.mkdirSync(`${file()}.lock`);
    fs.writeFileSync(`${file()}.draft`, content);
    fs.renameSync(`${file()}.draft`, file());
    fs.rmdirSync(`${file()}.lock`);
  };
  /** The first hint may take several writes: the watch begins at some time after `watchFile`. */
  const hinted = async (what: string): Promise<void> => {
    const before = hints;
    let count = 0;
    await until(what, () => {
      if (hints === before) replace(`${what} ${String((count += 1))}`);
      return hints > before;
    });
  };

  beforeEach(() => {
    state = temporaryState();
    fs.mkdirSync(state.folder.root, { recursive: true });
    hints = 0;
    listed = [];
    const counted = (folder: string, ...rest: unknown[]): unknown => {
      listed.push(folder);
      return Reflect.apply(readdir, fs.promises, [folder, ...rest]);
    };
    Object.assign(fs.promises, { readdir: counted });
    syncBuiltinESMExports();
    watch = watchFile(file(), {
      onHint: () => (hints += 1),
      onDead: (why) => assert.fail(why),
    });
  });
  afterEach(() => {
    watch?.dispose();
    Object.assign(fs.promises, { readdir });
    syncBuiltinESMExports();
    state.remove();
  });

  it('lists the folder once, and not with each change', async () => {
    await hinted('the first');
    const atFirst = listed.filter((folder) => folder === state.folder.root).length;
    assert.equal(atFirst, 1);
    for (const what of ['the second', 'the third', 'the fourth']) await hinted(what);
    assert.equal(listed.length, atFirst);
  });

  it('tells of a file that was deleted and made again', async () => {
    await hinted('the first');
    fs.rmSync(file());
    const before = hints;
    await until('the end', () => hints > before);
    await hinted('the second');
  });
});

describe('what a watch on one file leaves out', () => {
  const places = [
    { paths: path.posix, folder: '/home/some one/.agent-executor' },
    { paths: path.win32, folder: 'C:\\Users\\some one\\.agent-executor' },
    { paths: path.win32, folder: '\\\\server\\share\\.agent-executor' },
  ];
  for (const { paths, folder } of places) {
    it(`is neither the file nor its folder: ${folder}`, () => {
      const isOther = othersThan(paths.join(folder, 'view.json'), paths);
      const asTold = folder.replaceAll('\\', '/');
      const told = ['', '/view.json', '/view.json.draft', '/executions'];
      const seen = told.map((end) => isOther(`${asTold}${end}`));
      assert.deepEqual(seen, [false, false, true, true]);
    });
  }
});

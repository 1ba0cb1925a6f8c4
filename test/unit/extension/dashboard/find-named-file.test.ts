import assert from 'node:assert/strict';
import {
  findNamedFile,
  type FileLookup,
} from '../../../../src/extension/dashboard/find-named-file.ts';

/** A disk of files, some of which are links to others. */
function lookup(
  files: Readonly<Record<string, string>>,
  found: readonly string[] = [],
): FileLookup {
  return {
    roots: ['/work/shop', '/work/other'],
    realPath: async (file) =>
      file === '/work/shop' || file === '/work/other' ? file : (files[file] ?? null),
    search: async () => found,
  };
}

describe('a file that a log names', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('is found in the folder of the execution, then in the others', async () => {
    const disk = lookup({ '/work/other/src/a.ts': '/work/other/src/a.ts' });
    assert.deepEqual(await findNamedFile('src/a.ts', disk), {
      ok: true,
      value: '/work/other/src/a.ts',
    });
  });

  it('outside of the workspace is not opened, not by any way there', async () => {
    const disk = lookup({
      '/etc/passwd': '/etc/passwd',
      '/work/shop/link': '/etc/passwd',
      '/work/shop-2/a.ts': '/work/shop-2/a.ts',
    });
    for (const name of [
      '/etc/passwd',
      '../../etc/passwd',
      'link',
      'file:///etc/passwd',
      '../shop-2/a.ts',
    ]) {
      const result = await findNamedFile(name, disk);
      assert.equal(result.ok ? result.value : result.error.code, 'outside', name);
    }
  });

  it('somewhere deeper is found where there is only one', async () => {
    const deep = '/work/shop/packages/x/src/a.ts';
    const one = lookup({ [deep]: deep }, [deep]);
    assert.deepEqual(await findNamedFile('src/a.ts', one), { ok: true, value: deep });
    const two = lookup({ [deep]: deep }, [deep, '/work/shop/packages/y/src/a.ts']);
    const result = await findNamedFile('src/a.ts', two);
    assert.equal(result.ok ? '' : result.error.code, 'no-file');
  });
});

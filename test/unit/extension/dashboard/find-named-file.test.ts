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
    roots: ['/projects/shop', '/projects/other'],
    realPath: async (file) =>
      file === '/projects/shop' || file === '/projects/other' ? file : (files[file] ?? null),
    search: async () => found,
  };
}

describe('a file that a log names', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('is found in the folder of the execution, then in the others', async () => {
    const disk = lookup({ '/projects/other/src/a.ts': '/projects/other/src/a.ts' });
    assert.deepEqual(await findNamedFile('src/a.ts', disk), {
      ok: true,
      value: '/projects/other/src/a.ts',
    });
  });

  it('outside of the workspace is not opened, not by any way there', async () => {
    const disk = lookup({
      '/etc/passwd': '/etc/passwd',
      '/projects/shop/link': '/etc/passwd',
      '/projects/shop-2/a.ts': '/projects/shop-2/a.ts',
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
    const deep = '/projects/shop/packages/x/src/a.ts';
    const one = lookup({ [deep]: deep }, [deep]);
    assert.deepEqual(await findNamedFile('src/a.ts', one), { ok: true, value: deep });
    const two = lookup({ [deep]: deep }, [deep, '/projects/shop/packages/y/src/a.ts']);
    const result = await findNamedFile('src/a.ts', two);
    assert.equal(result.ok ? '' : result.error.code, 'no-file');
  });
});

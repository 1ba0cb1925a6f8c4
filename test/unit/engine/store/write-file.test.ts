import assert from 'node:assert/strict';
import { nodeDisk } from '../../../../src/engine/store/disk.ts';
import { ensureStateFolder, stateFolderOf } from '../../../../src/engine/store/state-folder.ts';

describe('makeFolder', () => {
  it('gives up where the parent is there and the folder can still not be made', () => {
    const refuse = (): never => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    };
    const folder = stateFolderOf('/project', undefined, { ...nodeDisk, mkdir: refuse });
    const ensured = ensureStateFolder(folder);
    assert.ok(!ensured.ok);
    assert.equal(
      ensured.error.message,
      'could not prepare the folder /project/.agent-executor: the folder is gone',
    );
  });
});

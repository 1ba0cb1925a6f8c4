import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { Secrets } from '../../../src/extension/secrets.ts';

function fakeStorage(): SecretStorage {
  const values = new Map<string, string>();
  return {
    keys: () => Promise.resolve([...values.keys()]),
    get: (key) => Promise.resolve(values.get(key)),
    store: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
    onDidChange: () => {
      throw new Error('nobody listens');
    },
  };
}

describe('Secrets', () => {
  it('keeps, lists and forgets the secrets of a folder', async () => {
    const secrets = new Secrets(fakeStorage());
    await secrets.set('file:///app', 'NPM_TOKEN', 'xyzzy');
    await secrets.set('file:///app', 'API_KEY', 'plugh');
    assert.deepEqual(await secrets.namesOf('file:///app'), ['API_KEY', 'NPM_TOKEN']);
    assert.deepEqual(await secrets.valuesOf('file:///app'), {
      API_KEY: 'plugh',
      NPM_TOKEN: 'xyzzy',
    });
    await secrets.remove('file:///app', 'API_KEY');
    assert.deepEqual(await secrets.namesOf('file:///app'), ['NPM_TOKEN']);
  });

  it('does not give the secrets of one folder to another', async () => {
    const secrets = new Secrets(fakeStorage());
    await secrets.set('file:///app', 'NPM_TOKEN', 'xyzzy');
    assert.deepEqual(await secrets.valuesOf('file:///app2'), {});
    assert.deepEqual(await secrets.valuesOf('file:///'), {});
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { loadCompiled, type Require } from '../../../src/extension/load-compiled.ts';

describe('a bundle that is loaded later', () => {
  const variable = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME';
  const before = process.env[variable];
  let base: string;
  let bundle: string;

  beforeEach(function () {
    // There the folder does not depend on a variable of ours alone.
    if (process.platform === 'darwin') this.skip();
    base = mkdtempSync(path.join(tmpdir(), 'agent-executor-loader-'));
    bundle = path.join(base, 'bundle.cjs');
    process.env[variable] = base;
    const body = `exports.words = () => require('words') + ' of ' + __dirname;`;
    writeFileSync(bundle, `(function (exports, require, module, __filename, __dirname) {${body}})`);
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
    if (before === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = before;
    rmSync(base, { recursive: true, force: true });
  });

  /** That of a new window. */
  const newRequire = (): Require => Object.assign((id: string) => `the ${id}`, { cache: {} });
  const kept = (): string[] => {
    const folder = path.join(base, 'agent-executor');
    const names = readdirSync(base).includes('agent-executor') ? readdirSync(folder) : [];
    return names.map((name) => path.join(folder, name));
  };
  const load = (require = newRequire()): unknown => {
    const { words } = loadCompiled(bundle, require, 2) as { words(): string };
    return words();
  };

  it('has what its asker has, and knows where it is', () => {
    assert.equal(load(), `the words of ${base}`);
  });

  it('is run once in a window', () => {
    const require = newRequire();
    assert.equal(loadCompiled(bundle, require, 0), loadCompiled(bundle, require, 0));
    assert.notEqual(loadCompiled(bundle, require, 0), loadCompiled(bundle, newRequire(), 0));
  });

  it('is kept compiled at its own time, and not again by the next window', () => {
    load();
    mock.timers.tick(3999);
    assert.deepEqual(kept(), []);
    mock.timers.tick(1);
    const [file = ''] = kept();
    rmSync(file);
    load();
    mock.timers.tick(4000);
    assert.equal(kept().length, 1);
    const first = readFileSync(file);
    load();
    mock.timers.tick(4000);
    assert.deepEqual(readFileSync(file), first);
  });

  it('does not need what was kept to be of any use', () => {
    load();
    mock.timers.tick(4000);
    const [file = ''] = kept();
    const good = readFileSync(file);
    const bad = Buffer.from(good);
    bad.fill(0x55, good.length / 2);
    for (const bytes of [bad, good.subarray(0, 100), Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      assert.equal(load(), `the words of ${base}`);
    }
    mock.timers.tick(4000);
    assert.equal(readFileSync(file).length, good.length);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  readCodeCache,
  signatureOfBundle,
  writeCodeCache,
} from '../../../src/engine/code-cache.ts';
import { compileBundle } from '../../../src/engine/compile-bundle.ts';
import { loadBundle } from '../../../src/cli/load-bundle.ts';

describe('cache of compiled code', () => {
  const variable = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME';
  const before = process.env[variable];
  const place = {
    file: path.resolve('/dist/programs.cjs'),
    purpose: 'run',
    signature: 'one',
  };
  const compiled = Buffer.from('compiled');
  let base: string;
  let folder: string;

  beforeEach(function () {
    // There the folder does not depend on a variable of ours alone.
    if (process.platform === 'darwin') this.skip();
    base = mkdtempSync(path.join(tmpdir(), 'agent-executor-cache-'));
    folder = path.join(base, 'agent-executor');
    process.env[variable] = base;
  });
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, variable);
    else process.env[variable] = before;
    rmSync(base, { recursive: true, force: true });
  });

  const signatureOf = (file: string): string => {
    const descriptor = openSync(file, 'r');
    try {
      return signatureOfBundle(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };

  const onlyFile = (): string => path.join(folder, readdirSync(folder)[0] ?? '');

  it('gives back what was kept, for the same bundle and purpose', () => {
    writeCodeCache(place, () => compiled);
    assert.deepEqual(readCodeCache(place), compiled);
    assert.equal(readCodeCache({ ...place, purpose: 'list' }), null);
    assert.equal(readCodeCache({ ...place, file: path.resolve('/other/programs.cjs') }), null);
  });

  it('gives nothing for a bundle of another content', () => {
    writeCodeCache(place, () => compiled);
    assert.equal(readCodeCache({ ...place, signature: 'two' }), null);
  });

  it('gives nothing when a byte is wrong or the end is missing', () => {
    writeCodeCache(place, () => compiled);
    const bytes = readFileSync(onlyFile());
    writeFileSync(onlyFile(), bytes.subarray(0, -1));
    assert.equal(readCodeCache(place), null);
    bytes[bytes.length - 1] = 0;
    writeFileSync(onlyFile(), bytes);
    assert.equal(readCodeCache(place), null);
  });

  it('gives nothing that others could have written', function () {
    if (process.platform === 'win32') this.skip();
    writeCodeCache(place, () => compiled);
    assert.equal(statSync(folder).mode & 0o077, 0);
    chmodSync(onlyFile(), 0o622);
    assert.equal(readCodeCache(place), null);
  });

  it('keeps nothing in a folder that others may write', function () {
    if (process.platform === 'win32') this.skip();
    writeCodeCache(place, () => compiled);
    rmSync(onlyFile());
    chmodSync(folder, 0o777);
    writeCodeCache(place, () => compiled);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('gives nothing from a folder that others may write, whoever owns what its name leads to', function () {
    if (process.platform === 'win32') this.skip();
    writeCodeCache(place, () => compiled);
    // Ours, and nobody else may change it; but it is another who says that it is the cache.
    const elsewhere = path.join(base, 'checked-out-with-a-repository');
    const file = onlyFile();
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
    chmodSync(folder, 0o777);
    assert.equal(readCodeCache(place), null);
  });

  it('does not wait for a pipe that stands in its place', function () {
    if (process.platform === 'win32') this.skip();
    // In a process of its own: this one could not end a wait for a pipe.
    const script = `
      import { execFileSync } from 'node:child_process';
      import { readdirSync, rmSync } from 'node:fs';
      import { readCodeCache, writeCodeCache } from ${JSON.stringify(
        pathToFileURL(path.resolve('src/engine/code-cache.ts')).href,
      )};
      const place = ${JSON.stringify(place)};
      writeCodeCache(place, () => Buffer.from('compiled'));
      const file = ${JSON.stringify(folder)} + '/' + readdirSync(${JSON.stringify(folder)})[0];
      rmSync(file);
      execFileSync('mkfifo', [file]);
      console.log(readCodeCache(place));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { encoding: 'utf8', timeout: 10_000 },
    );
    assert.equal(stdout.trim(), 'null', stderr);
  });

  it('is off where Node is told to keep no compiled code', () => {
    process.env['NODE_DISABLE_COMPILE_CACHE'] = '1';
    try {
      writeCodeCache(place, () => assert.fail('it was compiled for nothing'));
      assert.deepEqual(readdirSync(base), []);
    } finally {
      Reflect.deleteProperty(process.env, 'NODE_DISABLE_COMPILE_CACHE');
    }
  });

  it('is written while a long run has all of what it needed at its start', () => {
    const file = path.join(base, 'bundle.cjs');
    writeFileSync(
      file,
      '(function (exports, require, module) { module.exports = { answer: 42 }; })',
    );
    const listeners = process.listenerCount('exit');
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      assert.deepEqual(loadBundle(file, 'run'), { answer: 42 });
      const signature = signatureOf(file);
      assert.equal(readCodeCache({ file, purpose: 'run', signature }), null);
      mock.timers.tick(3000);
      assert.notEqual(readCodeCache({ file, purpose: 'run', signature }), null);
      // Not once more at the end.
      assert.equal(process.listenerCount('exit'), listeners);
    } finally {
      mock.timers.reset();
    }
  });

  it('is of a bundle that another one asks for as well, which is loaded once', () => {
    const file = path.join(base, 'bundle.cjs');
    const beside = path.join(base, 'beside.cjs');
    const frame = (text: string): string => `(function (exports, require, module) { ${text} })`;
    writeFileSync(file, frame(`exports.parts = () => [1, 2].map(() => require('./beside.cjs'));`));
    writeFileSync(beside, frame('exports.name = "beside";'));
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { parts } = loadBundle(file, 'run') as { readonly parts: () => readonly object[] };
      const [first, second] = parts();
      assert.deepEqual(first, { name: 'beside' });
      assert.equal(first, second);
      mock.timers.tick(3000);
      const signature = signatureOf(beside);
      assert.notEqual(readCodeCache({ file: beside, purpose: 'run', signature }), null);
    } finally {
      mock.timers.reset();
    }
  });

  it('knows a bundle with another content, also of the same length and with the same time', () => {
    const file = path.join(base, 'bundle.cjs');
    const bundle = (answer: number): string =>
      `(function (exports, require, module) { module.exports = { answer: ${String(answer)} }; })`;
    writeFileSync(file, bundle(41));
    const { atime, mtime } = statSync(file);
    const first = signatureOf(file);
    assert.equal(signatureOf(file), first);
    const { ctimeMs } = statSync(file);
    // A file system counts in ticks of some milliseconds.
    do {
      writeFileSync(file, bundle(42));
      utimesSync(file, atime, mtime);
    } while (statSync(file).ctimeMs === ctimeMs);
    assert.notEqual(signatureOf(file), first);
    writeFileSync(`${file}.new`, bundle(43));
    utimesSync(`${file}.new`, atime, mtime);
    const second = signatureOf(file);
    renameSync(`${file}.new`, file);
    assert.notEqual(signatureOf(file), second);
    assert.deepEqual(loadBundle(file, 'run'), { answer: 43 });
  });

  it('is made anew where V8 refuses what was kept: it is of another version of it', () => {
    const file = path.join(base, 'bundle.cjs');
    writeFileSync(file, '(function (exports) { exports.answer = 42; })');
    writeCodeCache({ file, purpose: 'window', signature: signatureOf(file) }, () =>
      Buffer.alloc(1000),
    );
    const { run, keep } = compileBundle(file, 'window');
    const exports = {};
    run(exports, () => undefined, { exports }, file, base);
    assert.deepEqual(exports, { answer: 42 });
    keep?.();
    assert.equal(compileBundle(file, 'window').keep, null);
  });

  it('removes what has not been written for longest', () => {
    for (let index = 0; index < 40; index += 1) {
      writeCodeCache({ ...place, purpose: `p${String(index)}` }, () => compiled);
    }
    assert.equal(readdirSync(folder).length, 32);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Bytes of the young generation of a process that kept 40 MB of small objects, with or without the limit. */
function youngBytes(isLean: boolean): number {
  const module = pathToFileURL(path.resolve('src/cli/lean-heap.ts')).href;
  const script = `
    const { keepHeapLean } = await import(${JSON.stringify(module)});
    const { getHeapSpaceStatistics } = await import('node:v8');
    if (${String(isLean)}) keepHeapLean();
    globalThis.kept = Array.from({ length: 500_000 }, (_, at) => ({ at, name: 'task ' + at }));
    console.log(getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('lean-heap', () => {
  it('keeps the young generation from growing, which it would do otherwise', () => {
    const [lean, usual] = [youngBytes(true), youngBytes(false)];
    assert.ok(lean < usual / 2, `${String(lean)} bytes with the limit, ${String(usual)} without`);
  });
});

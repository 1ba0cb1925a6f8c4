import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeWorkspace, nodeWorkflow, removeWorkspace, runCli } from './command-line.ts';

describe('agent-executor convert', () => {
  let folder: string;
  before(async () => {
    folder = await makeWorkspace({ quick: nodeWorkflow('console.log(1);') });
    const scripts = { lint: 'eslint .', start: 'serve' };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
  });
  after(() => removeWorkspace(folder));

  it('writes a workflow, says what is lost, and never writes over one', async () => {
    const args = ['convert', 'package.json', 'lint', 'start', '--agent', 'ops/check'];
    const first = await runCli(folder, args);
    assert.equal(first.status, 0, first.stderr);
    assert.match(
      first.stdout,
      /workflows\/ops\/check\.yaml\n\nNot carried over:\n {2}start: it may/,
    );
    const text = await readFile(path.join(folder, 'workflows/ops/check.yaml'), 'utf8');
    assert.match(text, /run: npm run lint/);
    assert.equal((await runCli(folder, ['validate', 'ops/check'])).status, 0);
    const second = await runCli(folder, args);
    assert.equal(second.status, 2);
    assert.match(second.stderr, /workflows\/ops\/check\.yaml is there already/);
  });

  it('prints the workflow when asked to', async () => {
    const { stdout } = await runCli(folder, ['convert', 'package.json', '--print']);
    assert.match(stdout, /^# Converted from package\.json/);
  });

  it('names what there is when something else is asked for', async () => {
    const { status, stderr } = await runCli(folder, ['convert', 'package.json', 'nothing']);
    assert.equal(status, 2);
    assert.match(stderr, /has no "nothing"\. It has: lint, start/);
  });
});

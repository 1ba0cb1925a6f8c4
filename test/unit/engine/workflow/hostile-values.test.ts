import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { statuses, taskOf, Workspace } from '../../../engine/workspace.ts';
import { SeededNumbers } from './mutate-text.ts';

/** What would be run if any shell read it: each of these makes the file `pwned` then. */
const attacks = [
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned;',
  '"; touch pwned; "',
  "'; touch pwned; '",
  '\ntouch pwned\n',
  '\r\ntouch pwned\r\n',
  '| touch pwned',
  '&& touch pwned',
  '& touch pwned &',
  '$((a[$(touch pwned)]))',
  '${IFS}touch${IFS}pwned',
  '${x:-$(touch pwned)}',
  "$'\\x60touch pwned\\x60'",
  '<(touch pwned)',
  "'); require('fs').writeFileSync('pwned', ''); ('",
  "`; require('fs').writeFileSync('pwned', ''); `",
  '${require("fs").writeFileSync("pwned", "")}',
  "'''\nopen('pwned', 'w')\n'''",
  "__import__('os').system('touch pwned')",
  "${{ format('{0}', execution.id) }}",
  '${{ inputs.other }}',
  '%PATH% !PATH! ^& touch pwned',
  '-rf',
  '--help',
  '*',
  '~',
  '#',
  '\\',
  '\\"',
  "it's",
  '\u202etouch pwned\u202c',
  'ünï\u0301 漢字 👩‍👩‍👧 \ud83d\ude00',
  '\u001b[2J\u001b]0;title\u0007',
  '\t tabs and  spaces ',
  'EOF\ntouch pwned\nEOF',
  'x'.repeat(50_000),
];

/** Attacks put together by chance, always the same ones. */
function mixed(count: number): readonly string[] {
  const numbers = new SeededNumbers(4711);
  const pick = (): string => attacks[numbers.below(attacks.length - 1)]!;
  return Array.from({ length: count }, () => pick() + pick() + pick());
}

const values = [...attacks, ...mixed(23)];

/** Prints every variable `V0`, `V1`, … as the hex digits of its bytes, one a line. */
const printers: Readonly<Record<string, (count: number) => string>> = {
  bash: posix,
  sh: posix,
  zsh: posix,
  node: (count) =>
    `for (let i = 0; i < ${count}; i++) console.log(Buffer.from(process.env['V' + i]).toString('hex'));`,
  python: (count) => `import os\nfor i in range(${count}):\n  print(os.environb[b'V%d' % i].hex())`,
};

/** The variable is used as in any script: quoted. \`od\` shows what came out. */
function posix(count: number): string {
  const line = (index: number): string =>
    `printf '%s' "$V${index}" | od -An -v -tx1 | tr -d ' \\n'; echo`;
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

const isThere = (shell: string): boolean =>
  spawnSync(shell === 'python' ? 'python3' : shell, ['-c', ''], { stdio: 'ignore' }).status === 0 ||
  shell === 'node';

describe('values from outside', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  const indent = (text: string): string => text.replaceAll(/^/gm, '      ');
  const names = values.map((_, index) => `v${index}`);
  const hexOf = (log: string): readonly string[] => log.trimEnd().split('\n');
  const expected = values.map((value) => Buffer.from(value).toString('hex'));

  function nothingRan(): void {
    const places = readdirSync(workspace.folder, { recursive: true }).map(String);
    assert.deepEqual(
      places.filter((place) => place.includes('pwned')),
      [],
    );
  }

  // The long value is a tenth of what a command line may hold, and every shell has them all.
  for (const [shell, print] of Object.entries(printers)) {
    it(`reach ${shell} as they are, and nothing in them is run`, async function () {
      if (process.platform === 'win32' || !isThere(shell)) this.skip();
      const env = names.map((name, index) => `      V${index}: '\${{ inputs.${name} }}'`);
      workspace.workflow(`inputs:
${names.map((name) => `  ${name}: {}`).join('\n')}
tasks:
  show:
    shell: ${shell}
    env:
${env.join('\n')}
    run: |
${indent(print(values.length))}
`);
      const inputs = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      const execution = await workspace.run(inputs);
      assert.deepEqual(statuses(execution), { show: 'succeeded' }, execution.message ?? '');
      assert.deepEqual(hexOf(workspace.log(execution, 'show')), expected);
      nothingRan();
    });
  }

  it('go from task to task as outputs, and nothing in them is run', async function () {
    if (process.platform === 'win32') this.skip();
    const given = values.filter((value) => !value.includes('\r'));
    workspace.file('values.json', JSON.stringify(given));
    const env = given.map((_, index) => `      V${index}: '\${{ tasks.make.outputs.o${index} }}'`);
    workspace.workflow(`tasks:
  make:
    shell: node
    run: |
      const fs = require('node:fs');
      const values = JSON.parse(fs.readFileSync('values.json', 'utf8'));
      values.forEach((value, i) => {
        fs.appendFileSync(process.env.AGENT_OUTPUT, 'o' + i + '<<END_' + i + '\\n' + value + '\\nEND_' + i + '\\n');
      });
  show:
    needs: make
    shell: bash
    if: tasks.make.outputs.o0 != ''
    env:
${env.join('\n')}
    run: |
${indent(posix(given.length))}
`);
    const execution = await workspace.run();
    assert.deepEqual(statuses(execution), { make: 'succeeded', show: 'succeeded' });
    const hex = given.map((value) => Buffer.from(value).toString('hex'));
    assert.deepEqual(hexOf(workspace.log(execution, 'show')), hex);
    nothingRan();
  });

  it('are names of folders and files, and nothing in them is run', async function () {
    if (process.platform === 'win32') this.skip();
    const folders = values.filter(
      (value) => !value.includes('/') && Buffer.from(value).length < 200,
    );
    for (const [index, folder] of folders.entries()) {
      if (folder === '~' || folder === '*' || folder.trim() === '') continue;
      mkdirSync(path.join(workspace.folder, 'dirs', `${index}${folder}`), { recursive: true });
    }
    const some = folders.map((folder, index) => `dirs/${index}${folder}`).slice(0, 40);
    const there = some.filter((folder) => existsSync(path.join(workspace.folder, folder)));
    workspace.workflow(`inputs:
${there.map((_, index) => `  d${index}: {}`).join('\n')}
tasks:
${there
  .map(
    (_, index) => `  t${index}:
    working-directory: '\${{ inputs.d${index} }}'
    shell: ${index % 2 === 0 ? 'bash' : 'node'}
    run: ${index % 2 === 0 ? 'touch here' : `require('fs').writeFileSync('here', '')`}`,
  )
  .join('\n')}
`);
    const inputs = Object.fromEntries(there.map((folder, index) => [`d${index}`, folder]));
    const execution = await workspace.run(inputs);
    assert.equal(execution.status, 'succeeded', execution.message ?? '');
    assert.ok(there.length > 30);
    for (const folder of there) {
      assert.ok(existsSync(path.join(workspace.folder, folder, 'here')), JSON.stringify(folder));
    }
    const made = readdirSync(workspace.folder).filter((name) => name.startsWith('pwned'));
    assert.deepEqual(made, []);
  });

  it('would be caught here if they were run', async function () {
    if (process.platform === 'win32') this.skip();
    workspace.workflow(`inputs: { v: {} }
tasks:
  show: { shell: bash, env: { V: '\${{ inputs.v }}' }, run: 'eval "echo $V"' }
`);
    await workspace.run({ v: attacks[0] });
    assert.ok(existsSync(path.join(workspace.folder, 'pwned')));
  });

  for (const [what, value] of [
    ['a NUL', 'before\u0000touch pwned'],
    ['more than a process can be given', 'x'.repeat(200_000)],
  ] as const) {
    it(`with ${what} are refused or fail their task, and say so`, async function () {
      if (process.platform === 'win32') this.skip();
      workspace.workflow(`inputs: { v: {} }
tasks:
  show: { env: { V: '\${{ inputs.v }}' }, run: 'printf %s "$V" > shown' }
`);
      const outcome = await workspace.run({ v: value }).catch((error: unknown) => error as Error);
      if (outcome instanceof Error) assert.match(outcome.message, /^refused: bad-input/);
      else {
        assert.equal(taskOf(outcome, 'show').status, 'failed');
        assert.notEqual(taskOf(outcome, 'show').message, null);
      }
      nothingRan();
    });
  }
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findAgents } from '../../../../src/engine/workflow/find-agents.ts';
import { loadWorkflow } from '../../../../src/engine/workflow/load-workflow.ts';

describe('agents on disk', () => {
  let workspace: string;
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'agents-'));
  });
  afterEach(() => {
    rmSync(workspace, { recursive: true, force: true });
  });

  const task = 'tasks: { a: { run: x } }\n';

  function write(path: string, content: string | Buffer = task): void {
    const file = join(workspace, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  async function ids(folder = 'workflows'): Promise<readonly string[]> {
    return (await findAgents(workspace, folder)).map(({ agent }) => agent);
  }

  describe('findAgents', () => {
    it('finds both extensions, in sub-folders too, sorted by id', async () => {
      write('workflows/b.yml');
      write('workflows/a.yaml');
      write('workflows/ops/backup.yaml');
      write('workflows/readme.md');
      assert.deepEqual(await findAgents(workspace, 'workflows'), [
        { agent: 'a', path: 'workflows/a.yaml', file: join(workspace, 'workflows/a.yaml') },
        { agent: 'b', path: 'workflows/b.yml', file: join(workspace, 'workflows/b.yml') },
        {
          agent: 'ops/backup',
          path: 'workflows/ops/backup.yaml',
          file: join(workspace, 'workflows/ops/backup.yaml'),
        },
      ]);
    });

    it('gives an empty list where there is no folder', async () => {
      assert.deepEqual(await ids(), []);
      assert.deepEqual(await ids('../elsewhere'), []);
    });

    it('leaves out what is hidden and what is installed', async () => {
      write('workflows/.hidden/a.yaml');
      write('workflows/.b.yaml');
      write('workflows/node_modules/x/c.yaml');
      write('workflows/d.yaml');
      assert.deepEqual(await ids(), ['d']);
    });

    it('takes .yaml before .yml', async () => {
      write('workflows/a.yml');
      write('workflows/a.yaml');
      const found = await findAgents(workspace, 'workflows');
      assert.deepEqual(
        found.map(({ path }) => path),
        ['workflows/a.yaml'],
      );
    });

    it('follows links once and survives a loop of them', async function () {
      write('shared/x.yaml');
      write('workflows/a.yaml');
      try {
        symlinkSync(join(workspace, 'shared'), join(workspace, 'workflows/linked'), 'junction');
        symlinkSync(join(workspace, 'workflows'), join(workspace, 'workflows/loop'), 'junction');
        symlinkSync(join(workspace, 'nowhere'), join(workspace, 'workflows/broken'), 'junction');
      } catch {
        this.skip();
      }
      assert.deepEqual(await ids(), ['a', 'linked/x']);
    });

    it('works with a folder of several parts and with the workspace itself', async () => {
      write('.github/agents/a.yaml');
      write('b.yaml');
      assert.deepEqual(await ids('.github/agents/'), ['a']);
      assert.deepEqual(await ids('.'), ['b']);
    });
  });

  describe('loadWorkflow', () => {
    const load = (agent: string): ReturnType<typeof loadWorkflow> =>
      loadWorkflow(workspace, 'workflows', agent);

    it('reads a valid file, with the hash of its bytes', async () => {
      write('workflows/ops/a.yml');
      const loaded = await load('ops/a');
      assert.ok(loaded.kind === 'valid');
      assert.equal(loaded.workflow.path, 'workflows/ops/a.yml');
      assert.equal(loaded.hash, `sha256-${createHash('sha256').update(task).digest('hex')}`);
      assert.equal(loaded.text, task);
    });

    it('tells what is wrong with an invalid one', async () => {
      write('workflows/a.yaml', 'tasks: { a: { rn: x } }');
      const loaded = await load('a');
      assert.ok(loaded.kind === 'invalid');
      assert.deepEqual(
        loaded.diagnostics.map(({ code }) => code),
        ['unknown-key'],
      );
      assert.equal(loaded.path, 'workflows/a.yaml');
    });

    it('tells that there is none', async () => {
      assert.deepEqual(await load('a'), {
        kind: 'missing',
        agent: 'a',
        path: 'workflows/a.yaml',
        message: 'there is no workflow file workflows/a.yaml',
      });
    });

    for (const agent of ['../outside', '/etc/passwd', 'a/../../b', '', '.hidden', 'a\\b', 'a//b']) {
      it(`does not leave the folder for ${JSON.stringify(agent)}`, async () => {
        write('outside.yaml');
        assert.equal((await load(agent)).kind, 'missing');
      });
    }

    it('warns where two files have one id', async () => {
      write('workflows/a.yaml');
      write('workflows/a.yml');
      const loaded = await load('a');
      assert.ok(loaded.kind === 'valid');
      assert.deepEqual(
        loaded.parsed.diagnostics.map(({ severity, code }) => [severity, code]),
        [['warning', 'agent-clash']],
      );
    });

    it('refuses what is not UTF-8', async () => {
      write('workflows/a.yaml', Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xff, 0xfe]));
      const loaded = await load('a');
      assert.ok(loaded.kind === 'invalid');
      assert.deepEqual(
        loaded.diagnostics.map(({ code }) => code),
        ['not-utf8'],
      );
    });

    it('reads over a byte order mark', async () => {
      write('workflows/a.yaml', `\ufeff${task}`);
      assert.equal((await load('a')).kind, 'valid');
    });

    it('takes a folder with the name of a file for missing', async () => {
      mkdirSync(join(workspace, 'workflows/a.yaml'), { recursive: true });
      assert.equal((await load('a')).kind, 'missing');
    });

    it('refuses a file that is too large without reading it', async () => {
      write('workflows/a.yaml', Buffer.alloc(5 * 1024 * 1024, 0x20));
      const loaded = await load('a');
      assert.ok(loaded.kind === 'missing');
      assert.match(loaded.message, /too large/);
    });

    it('checks what the file uses, with a name that was probably meant', async () => {
      write('workflows/ops/notes.yaml', 'inputs: { v: { required: true } }\n' + task);
      write('workflows/a.yaml', 'tasks: { a: { uses: ./ops/notse.yaml }, b: { uses: ops/notes } }');
      const loaded = await load('a');
      assert.ok(loaded.kind === 'invalid');
      assert.deepEqual(
        loaded.diagnostics.map(({ message }) => message),
        [
          'there is no agent "./ops/notse.yaml" (no file workflows/ops/notse.yaml); did you mean `./ops/notes.yaml`?',
          '"ops/notes" requires the input "v"; add it to `with`',
        ],
      );
    });

    it('finds recursion over several files', async () => {
      write('workflows/a.yaml', 'tasks: { a: { uses: b } }');
      write('workflows/b.yaml', 'tasks: { a: { uses: ./c.yaml } }');
      write('workflows/c.yaml', 'finally: { a: { uses: a } }');
      const loaded = await load('a');
      assert.ok(loaded.kind === 'invalid');
      assert.deepEqual(
        loaded.diagnostics.map(({ message }) => message),
        ['"b" runs itself again: a → b → c → a'],
      );
    });
  });
});

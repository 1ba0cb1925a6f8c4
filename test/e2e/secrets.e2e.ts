import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { TestFolder } from './test-folder.ts';

const secret = 'open-sesame-4711';
const workflow = `name: Quiet
secrets: [TOKEN]
tasks:
  say:
    shell: node
    env: { TOKEN: '\${{ secrets.TOKEN }}' }
    run: console.log('the token is ' + process.env.TOKEN, process.env.TOKEN.length)
`;

describe('a secret of the editor', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;

  before(async () => {
    folder = await TestFolder.make(windows);
    await folder.write('workflows/quiet.yaml', workflow);
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer('Agent Executor');
    await window.views.row('Agents', 'quiet');
  });

  it('is asked for, reaches the task and nobody else, and is gone when it is removed', async () => {
    await window.runCommand('Agent Executor: Set Secret…');
    await titled('Set Secret');
    await window.quick.type('TOKEN');
    await titled('Set Secret TOKEN');
    await window.quick.type(secret);
    await window.notification('The secret TOKEN is set.');
    await folder.run(window, 'quiet');
    const { status, tasks } = await folder.over('quiet');
    assert.equal(status, 'succeeded');
    const log = readFileSync(
      folder.file(path.join('.agent-executor', tasks[0]?.attempts[0]?.log ?? '')),
      'utf8',
    );
    assert.equal(log.trim(), `the token is *** ${String(secret.length)}`);
    const state = folder.file('.agent-executor');
    for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
      assert.ok(!text.includes(secret), entry.name);
    }
    assert.ok(!(await window.outputChannel()).includes(secret));

    await window.runCommand('Agent Executor: Remove Secret…');
    await window.quick.pick('TOKEN');
    await window.clearNotifications();
    await window.views.inlineAction('Agents', 'quiet', 'Run Workflow');
    await window.notification('TOKEN');
    assert.equal((await folder.executions('quiet')).length, 1);
  });

  async function titled(title: string): Promise<void> {
    await window.until(`a question titled ${title}`, async () =>
      (await window.quick.title()) === title ? true : undefined,
    );
  }
});

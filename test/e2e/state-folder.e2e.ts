import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rm, utimes } from 'node:fs/promises';
import { currentOwner } from '../../src/engine/liveness/owner.ts';
import { stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { writeFinished } from '../unit/engine/history/finished-executions.ts';
import { create, idOf, started, taskStarted } from '../unit/engine/store/fixtures.ts';
import { checkXml } from '../unit/engine/export/check-xml.ts';
import { TestFolder } from './test-folder.ts';

/** Of a process that was killed while it held a lock. */
const leftover = '.agent-executor/task-executions.json.lock.owner-a-b';

describe('a window looks after its state folder', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;

  before(async () => {
    folder = await TestFolder.make(windows, 'greet', 'gated');
    const state = stateFolderOf(folder.path);
    for (let index = 0; index < 260; index += 1) {
      writeFinished(state, index, {
        agent: 'greet',
        status: index % 9 === 0 ? 'failed' : 'succeeded',
        message: index % 9 === 0 ? 'exited with code 1' : null,
        log: 'hello\n'.repeat(50),
      });
    }
    await folder.write(leftover, '{}');
    await utimes(folder.file(leftover), 1, 1);
    await folder.write('.agent-executor/quarantine/edited.json', '{');
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer('Agent Executor');
    await window.views.row('Executions', /./);
  });

  it('exports an execution from the tree as JUnit', async () => {
    await window.views.contextMenu('Executions', /./, 'Export Execution…');
    await window.quick.rows();
    await window.screenshot('state/export-formats');
    await window.quick.pick('JUnit XML');
    const input = window.page.locator('.quick-input-widget input').first();
    await window.until(
      'the save dialog',
      async () => (await input.inputValue({ timeout: 500 })).endsWith('.xml') || undefined,
    );
    await window.screenshot('state/export-save');
    await window.quick.type(folder.file('results.xml'));
    await window.notification('Exported to results.xml');
    await window.screenshot('state/exported');
    const text = readFileSync(folder.file('results.xml'), 'utf8');
    checkXml(text);
    assert.match(text, /<testcase classname="greet" name="t0"/);
    await window.clearNotifications();
  });

  it('says what the folder holds, and removes what a person does not keep', async () => {
    await window.runCommand('Agent Executor: Show State Folder Usage');
    // Rows are drawn one after the other.
    await window.until('the usage', async () => {
      const labels = (await window.quick.rows()).map(({ label }) => label);
      return labels.includes('260 finished executions') && labels.includes('1 file in quarantine')
        ? labels
        : undefined;
    });
    await window.screenshot('state/usage');
    await window.quick.pick('Remove Finished Executions');
    await window.until('the choices', async () => {
      const [first] = await window.quick.rows();
      return first?.label.startsWith('Keep') === true ? true : undefined;
    });
    await window.screenshot('state/limits');
    await window.quick.pick('Keep the newest 10');
    await window.answerDialog('Remove 250 finished executions?', 'Remove');
    await window.until('the removal', async () => {
      const executions = await folder.executions();
      return executions.length === 10 || undefined;
    });
  });

  it('checks the folder and repairs it', async () => {
    await window.runCommand('Agent Executor: Check State Folder');
    await window.notification('leftovers can be removed');
    await window.screenshot('state/doctor');
    await window.clickNotification('leftovers can be removed', 'Repair');
    await window.notification('repaired');
    assert.equal(existsSync(folder.file(leftover)), false);
    await window.screenshot('state/repaired');
    assert.match(await window.outputChannel(), /repaired: 1 file\(s\) were left by processes/);
  });

  it('takes over an execution whose machine is not there any more', async () => {
    const state = stateFolderOf(folder.path);
    const owner = { ...currentOwner(), host: 'build-7', boot: 'another', pid: 4711 };
    const away = create(state, idOf(9000), 2, { name: 'Far away', agent: 'far', owner });
    assert.ok(away.commit([started, taskStarted('t0')]).ok);
    away.dispose();
    await window.views.inlineAction('Executions', 'Far away', 'Cancel Execution');
    await window.page.locator('.monaco-dialog-box').first().waitFor();
    await window.screenshot('state/far-away');
    const said = await window.answerDialog(
      'on another machine or in another container',
      'Take Over',
    );
    assert.match(said, /Its runner \(process 4711 on build-7\) cannot be looked at from here/);
    await window.notification('sign of life');
    await window.screenshot('state/taking-over');
    await window.until('the end', async () => {
      const { description } = await window.views.row('Executions', 'Far away');
      return description.includes('interrupted') || undefined;
    });
    await window.screenshot('state/taken-over');
  });

  it('says so when the folder is deleted under a running execution', async () => {
    await window.clearNotifications();
    await window.runCommand('Agent Executor: Run Workflow');
    await window.quick.pick('gated');
    await folder.task('gated', 'gate', 'running');
    await window.views.row('Executions', 'Gated');
    await rm(folder.file('.agent-executor'), { recursive: true, force: true, maxRetries: 5 });
    const { message } = await window.notification('Gated was running');
    assert.match(message, /deleted or moved\. What runs goes on/);
    await window.screenshot('state/vanished');
    await folder.write('go');
    await folder.over('gated');
  });
});

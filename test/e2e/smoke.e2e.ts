import assert from 'node:assert/strict';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';

describe('the installed extension', () => {
  const windows = useWindows();
  let window: AppWindow;

  before(async () => {
    window = await windows.open({ workspace: await windows.copyOf() });
  });

  it('shows its views in its container', async () => {
    await window.views.openContainer('Agent Executor');
    const names = await window.until('two views', async () => {
      const shown = await window.views.names();
      return shown.length >= 2 ? shown : undefined;
    });
    assert.deepEqual(names, ['Agents', 'Executions']);
    await window.screenshot('views');
  });

  it('offers its commands in the palette', async () => {
    await window.quick.open('F1', '>');
    await window.quick.fill('>Agent Executor: ');
    const labels = (await window.quick.rows()).map(({ label }) => label);
    assert.ok(labels.includes('Agent Executor: Run Workflow…'), labels.join('\n'));
    await window.quick.dismiss();
  });
});

import assert from 'node:assert/strict';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { TestFolder } from './test-folder.ts';

const container = 'Agent Executor';

describe('the installed extension', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;

  before(async () => {
    folder = await TestFolder.make(windows, 'fragile', 'form', 'greet');
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer(container);
  });

  it('shows its views in its container', async () => {
    const names = await window.until('two views', async () => {
      const shown = await window.views.names();
      return shown.length >= 2 ? shown : undefined;
    });
    assert.deepEqual(names, ['Agents', 'Executions']);
    // Until the extension runs, the editor says in its own words that there is nothing.
    await window.until(
      'welcome content',
      async () =>
        (await window.views.welcome('Executions')).includes('Nothing has run yet') || undefined,
    );
  });

  it('offers its commands in the palette', async () => {
    // The palette draws only the rows that fit.
    for (const command of ['Run Workflow…', 'Open Dashboard', 'Retry Failed Tasks…']) {
      await window.until(`the command ${command}`, async () => {
        // An open palette does not learn of commands that become possible later.
        if (await window.quick.isOpen()) await window.quick.dismiss();
        await window.quick.open('F1', '>');
        await window.quick.fill(`>Agent Executor: ${command}`);
        const labels = (await window.quick.rows()).map(({ label }) => label);
        return labels.includes(`Agent Executor: ${command}`) || undefined;
      });
    }
    await window.quick.dismiss();
  });

  it('runs an agent from its row, which then tells how it went', async () => {
    await folder.run(window, 'greet');
    await window.views.row('Agents', ({ label, description }) => {
      return label === 'greet' && description.startsWith('succeeded');
    });
    // Each view shows a change when it may: at most four a second.
    const row = await window.views.row(
      'Executions',
      ({ label, description }) => label === 'Greet' && description.startsWith('succeeded'),
    );
    assert.match(row.description, /^succeeded · .+ · \d\d:\d\d$/);
    assert.equal(row.icon, 'pass');
    assert.equal((await folder.over('greet')).status, 'succeeded');
  });

  it('asks for inputs in the palette and refuses wrong ones', async () => {
    await window.runCommand('Agent Executor: Run Workflow…');
    await window.quick.pick('form');
    await titled('Run form: version (1/3)');
    await window.quick.type('1.2');
    await window.until('a refusal', async () => {
      const message = await window.quick.message();
      return /must match|does not match/.test(message) ? true : undefined;
    });
    await window.quick.type('1.2.0');
    await titled('Run form: count (2/3)');
    await window.quick.type('many');
    await window.until('a refusal', async () => {
      const message = await window.quick.message();
      return /must be a number|no number|not a number/.test(message) ? true : undefined;
    });
    await window.quick.type('3');
    await titled('Run form: channel (3/3)');
    const rows = await window.until('both choices', async () => {
      const shown = await window.quick.rows();
      return shown.length === 2 ? shown : undefined;
    });
    assert.deepEqual(
      rows.map(({ label }) => label),
      ['stable', 'beta'],
    );
    await window.quick.pick('stable');
    const execution = await folder.over('form');
    assert.deepEqual(execution.inputs, { version: '1.2.0', count: 3, channel: 'stable' });
    assert.equal(execution.status, 'succeeded');
  });

  it('tells of a failure once, everywhere', async () => {
    await window.openFile('workflows/fragile.yaml');
    // The badge counts what nobody looked at.
    await window.views.openContainer('Explorer');
    await window.runCommand('Agent Executor: Run Workflow…');
    await window.quick.pick('fragile');
    const notification = await window.notification('Fragile failed');
    assert.equal(notification.severity, 'error');
    assert.equal(notification.message, 'Fragile failed: check (exit 3)');
    assert.deepEqual(notification.buttons, ['Open Log', 'Retry', 'Show', "Don't Show Again"]);
    const badge = await window.until('a badge', () => window.views.badge(container));
    assert.equal(badge, '1');
    const problem = await window.problem('check failed');
    assert.deepEqual(
      { ...problem, message: '', code: '' },
      {
        severity: 'error',
        message: '',
        source: 'Agent Executor',
        code: '',
        file: 'fragile.yaml',
        line: 5,
        column: 3,
      },
    );
    assert.ok((await window.squiggles()).errors > 0);
    await window.until('the result beside the task', async () => {
      const marks = await window.page
        .locator('.editor-instance .view-lines span[class*="ced-"]')
        .evaluateAll((spans) => spans.map((one) => getComputedStyle(one, '::after').content));
      return marks.some((text) => /✗ failed · .* · exit 3/.test(text)) ? true : undefined;
    });
    await window.until('the result above the file', async () => {
      const lenses = await window.page.locator('.codelens-decoration').allInnerTexts();
      return lenses.some((text) => text.includes('Last: failed')) ? true : undefined;
    });
    await window.until('the mark of the file in the explorer and in its tab', async () => {
      const marks = await window.page
        .locator('.monaco-icon-label:has-text("fragile.yaml")')
        .evaluateAll((labels) => labels.map((one) => getComputedStyle(one, '::after').content));
      return marks.filter((text) => text.includes('✗')).length >= 2 ? true : undefined;
    });
    await window.until('the failure in the status bar', async () => {
      const items = await window.statusBarItems();
      return items.some(({ text }) => text.includes('1 failed')) ? true : undefined;
    });
    await window.views.openContainer(container);
    const row = await window.views.row('Executions', 'Fragile');
    assert.equal(row.icon, 'error');
    await window.until('no badge', async () =>
      (await window.views.badge(container)) === undefined ? true : undefined,
    );
    const shown = (await window.notifications()).filter(({ message }) => /Fragile/.test(message));
    assert.equal(shown.length, 1);
  });

  it('opens the log from the notification', async () => {
    await window.clickNotification('Fragile failed', 'Open Log');
    const text = await window.until('the log', async () => {
      const lines = await window.page.locator('.editor-instance .view-lines').allInnerTexts();
      return lines.find((line) => line.includes('something')) ?? undefined;
    });
    // The editor draws spaces as no-break spaces.
    assert.match(text.replace(/\u00a0/g, ' '), /something is broken/);
  });

  it('offers on the failure what can be done about it', async () => {
    const actions = window.page.locator('.action-widget .monaco-list-row');
    const shown = await window.until('the actions', async () => {
      await window.page.keyboard.press('Escape');
      await window.openFile('workflows/fragile.yaml');
      const key = window.page.locator('.editor-instance .view-line', { hasText: /^\s*check:/ });
      await key.first().click({ position: { x: 30, y: 8 }, timeout: 2000 });
      await window.page.keyboard.press('Control+.');
      await actions.first().waitFor({ timeout: 5000 });
      return actions.allInnerTexts();
    });
    const wanted = [
      'Retry from Here',
      'Open Log at the Error',
      'Mark as Handled',
      'Show Execution',
    ];
    assert.deepEqual(
      shown.filter((title) => wanted.includes(title)),
      wanted,
    );
    const active = window.page.locator('.tabs-container .tab[aria-selected="true"]').first();
    await window.until('the log at the error', async () => {
      // By keys, as the menu was opened.
      if (await actions.first().isVisible()) {
        const chosen = await actions.and(window.page.locator('.focused')).allInnerTexts();
        const isRight = chosen[0]?.trim() === 'Open Log at the Error';
        await window.page.keyboard.press(isRight ? 'Enter' : 'ArrowDown');
        return undefined;
      }
      return ((await active.textContent({ timeout: 1000 })) ?? '').includes('check.1')
        ? true
        : undefined;
    });
    await window.runCommand('View: Close Editor');
  });

  it('retries after telling what it will do, and takes the problem back', async () => {
    await folder.write('mended');
    await window.views.inlineAction('Executions', 'Fragile', 'Retry');
    const plan = await window.answerDialog('Retry Fragile?', 'Retry');
    assert.match(plan, /1 task runs again, 1 kept/);
    const row = await window.views.row('Executions', ({ label, description }) => {
      return label === 'Fragile' && description.startsWith('succeeded');
    });
    assert.match(row.description, /attempt 2/);
    await window.until('no problem', async () =>
      (await window.problems()).length === 0 ? true : undefined,
    );
    assert.equal((await window.squiggles()).errors, 0);
    await folder.remove('mended');
  });

  it('retries from the notification', async () => {
    await window.clearNotifications();
    await folder.run(window, 'fragile');
    await window.notification('Fragile failed');
    await window.problem('check failed');
    await folder.write('mended');
    await window.clickNotification('Fragile failed', 'Retry');
    await window.answerDialog('Retry Fragile?', 'Retry');
    await folder.execution('fragile', 'succeeded', ({ status }) => status === 'succeeded');
    await window.until('no problem', async () =>
      (await window.problems()).length === 0 ? true : undefined,
    );
  });

  it('shows it all in the dashboard', async () => {
    const dashboard = await Dashboard.open(window);
    await dashboard.row('Greet', ({ name, status }) => name === 'Greet' && status === 'Succeeded');
    await dashboard.select('Form');
    assert.deepEqual(
      (await dashboard.tasks()).map(({ name, status }) => ({ name, status })),
      [{ name: 'say', status: 'Succeeded' }],
    );
    await window.until('the log of the task', async () =>
      (await dashboard.log()).includes('1.2.0 stable') ? true : undefined,
    );
  });

  it('shows it again after a reload', async () => {
    await window.untilStored('agentExecutor.dashboard');
    await window.reload();
    await window.views.openContainer(container);
    const row = await window.views.row('Executions', 'Form');
    assert.match(row.description, /^succeeded/);
    const dashboard = new Dashboard(window);
    await dashboard.row('Greet', ({ name, status }) => name === 'Greet' && status === 'Succeeded');
    assert.deepEqual(await window.notifications(), []);
  });

  async function titled(title: string): Promise<void> {
    await window.until(`the question "${title}"`, async () =>
      (await window.quick.title()) === title ? true : undefined,
    );
  }
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { startInTerminal, TestFolder } from './test-folder.ts';

const deploy = (level: string): string => `name: Deploy
inputs:
  version: { type: string, default: '1' }
defaults: { shell: node }
tasks:
  build:
    env: { VERSION: '\${{ inputs.version }}' }
    run: |
      require('node:fs').appendFileSync(process.env.AGENT_OUTPUT, 'image=shop:' + process.env.VERSION + '\\n');
  check:
    needs: build
    env: { LEVEL: '${level}' }
    run: |
      if (process.env.LEVEL === 'high') {
        console.error('config/levels.json:2:4 - error: too high');
        process.exit(3);
      }
  publish: { needs: check, run: "console.log('published')" }
`;

describe('two executions and more, in the dashboard', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;
  let dashboard: Dashboard;

  before(async () => {
    folder = await TestFolder.make(windows);
    await folder.write('config/levels.json', '{\n  "level": 9\n}\n');
    await folder.write('workflows/deploy.yaml', deploy('low'));
    await startInTerminal(folder, 'run', 'deploy').finished;
    await folder.write('workflows/deploy.yaml', deploy('high'));
    await startInTerminal(folder, 'run', 'deploy', '-i', 'version=2').finished;
    window = await windows.open({ workspace: folder.path });
    dashboard = await Dashboard.open(window);
    await dashboard.select('Deploy');
  });

  it('compares an execution with the one before it, by the menu of its row', async () => {
    await chooseInMenu('.row[aria-posinset="1"]', 'Compare with Previous Execution of This Agent');
    const summary = await dashboardText('.compare-summary', /^They part at build/);
    assert.match(summary, /The first that ended otherwise is check: it failed \(.*exit/);
    assert.match(summary, /a difference in the input version and the workflow file\.$/);
    const frame = await dashboard.frame();
    assert.deepEqual(
      await frame
        .locator('.compare-tasks tbody tr')
        .evaluateAll((rows) =>
          rows.map((row) =>
            [...row.querySelectorAll('th, .status-word, td > .muted')]
              .map((part) => part.textContent.replace('Here they part: ', ''))
              .join(' '),
          ),
        ),
      ['build Succeeded Succeeded', 'check Succeeded Failed', 'publish Succeeded Skipped'],
    );
    await window.screenshot('compare');
  });

  it('opens the workflow of both, as each was then, in a diff that cannot be written', async () => {
    await folder.write('workflows/deploy.yaml', deploy('other'));
    await dashboard.click('Compare workflow files', '.compare');
    await window.until('both texts in the diff', async () => {
      const text = await window.page.locator('.monaco-diff-editor .view-lines').allInnerTexts();
      const [left = '', right = ''] = text.map((part) => part.replaceAll('\u00a0', ' '));
      return (left.includes("'low'") && right.includes("'high'")) || undefined;
    });
    // Of the workspace's own file, and of none of the two: they are records.
    assert.deepEqual(
      (await window.problems()).map(({ code, line }) => [code, line]),
      [['exit', 10]],
    );
    await window.screenshot('compare-workflows');
    await window.runCommand('View: Close Editor');
  });

  it('is there again after a reload', async () => {
    // The selected one is the newest: the other one is kept with the comparison alone.
    const [, compared] = await folder.executions('deploy');
    assert.ok(compared);
    await window.untilStored(compared.id);
    await window.reload();
    dashboard = new Dashboard(window);
    await dashboardText('.compare-summary', /^They part at build/);
    await dashboard.click('Close comparison', '.compare');
    await dashboardText('#detail-title', /^Deploy$/);
  });

  it('opens the file that a log names, at the line', async () => {
    const frame = await dashboard.frame();
    await frame.locator('.log-text .log-link').first().click();
    await window.until('the place in the file', async () => {
      const status = await window.statusBarItems();
      return status.some(({ text }) => /Ln 2, Col 4/.test(text)) || undefined;
    });
    await window.runCommand('View: Close Editor');
  });

  it('writes the figures of the agents to a file that is asked for', async () => {
    await dashboard.click('Analytics', '.overview');
    await dashboardText('.analytics', /Agents/);
    const spark = (await dashboard.frame()).locator('.analytics .spark');
    const last = await spark.first().getAttribute('aria-label');
    assert.equal(last, 'The last 2: 1 succeeded, 1 failed');
    await window.screenshot('analytics');
    await dashboard.click('Export CSV…', '.analytics');
    const text = await saveAs('agent-executor.csv');
    assert.match(text, /^day,succeeded,failed,cancelled,p50_ms,/);
    assert.match(text, /\r\ndeploy,2,1,0\.5,/);
  });

  it('groups the list, and exports what is marked to one file', async () => {
    const frame = await dashboard.frame();
    await frame.locator('.grouping').click();
    await frame.locator('.grouping vscode-option', { hasText: 'By agent' }).click();
    await dashboardText('.list-heading-name', /^deploy$/);
    await window.screenshot('groups');
    await frame.locator('.row[aria-posinset="1"]').click();
    await frame.locator('.row[aria-posinset="2"]').click({ modifiers: ['Shift'] });
    await dashboardText('.marked-bar p', /^2 marked$/);
    await dashboard.click('Export…', '.marked-bar');
    await window.quick.pick('JSON');
    const text = await saveAs('2-executions.json');
    const { executions } = JSON.parse(text) as {
      executions: readonly { execution: { status: string } }[];
    };
    assert.deepEqual(executions.map(({ execution }) => execution.status).sort(), [
      'failed',
      'succeeded',
    ]);
  });

  /** Right-clicks a part of the dashboard and chooses an entry of the editor's menu. */
  async function chooseInMenu(part: string, entry: string): Promise<void> {
    const item = window.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await window.until(`the menu of ${part} with ${entry}`, async () => {
      const frame = await dashboard.frame();
      // A menu that is open lies over everything.
      if (!(await item.isVisible())) {
        await frame.locator(part).click({ button: 'right', timeout: 2000 });
      }
      await item.waitFor({ timeout: 3000 });
      return true;
    });
    // It ignores a click that comes too soon after it opened: it could be the one that opened it.
    await window.until(`the menu to take ${entry}`, async () => {
      if (!(await item.isVisible())) return true;
      await item.click({ timeout: 2000 });
      await item.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
  }

  /** Takes the name that the dialog proposes; what is then in the file. */
  async function saveAs(name: string): Promise<string> {
    const input = window.page.locator('.quick-input-widget .quick-input-box input').first();
    await window.until(`the dialog with ${name}`, async () =>
      (await input.inputValue({ timeout: 2000 })).endsWith(name) ? true : undefined,
    );
    await window.page.keyboard.press('Enter');
    return window.until(`the file ${name}`, async () => {
      const text = await readFile(folder.file(name), 'utf8').catch(() => '');
      return text === '' ? undefined : text;
    });
  }

  function dashboardText(part: string, isWanted: RegExp): Promise<string> {
    return window.until(`${String(isWanted)} in ${part}`, async () => {
      const text = await dashboard.text(part);
      return isWanted.test(text) ? text : undefined;
    });
  }
});

import { Dashboard } from '../e2e/dashboard.ts';
import type { AppWindow } from './window.ts';

/** Saves a picture of the window under a name. */
export type Take = (name: string) => Promise<void>;

/**
 * Pictures of what the dashboard shows of an execution that failed, of several, and of none that is left. The workspace
 * has an execution of `Build` that failed, after one that succeeded; it is the one that is shown.
 */
export async function takePageStates(window: AppWindow, take: Take): Promise<void> {
  const dashboard = new Dashboard(window);
  const part = async (selector: string): Promise<void> => {
    await window.until(selector, async () => {
      const frame = await dashboard.frame();
      await frame.locator(selector).first().waitFor({ timeout: 3000 });
      return true;
    });
  };
  const click = async (selector: string): Promise<void> => {
    await window.until(selector, async () => {
      const frame = await dashboard.frame();
      await frame.locator(selector).first().click({ timeout: 3000 });
      return true;
    });
  };
  for (const tab of ['graph', 'timeline', 'events', 'data'] as const) {
    await click(`#detail-tab-${tab}`);
    await part(`#detail-panel.${tab} > *`);
    await take(`execution-${tab}`);
  }
  await click('#detail-tab-tasks');
  await window.views.contextMenu(
    'Executions',
    ({ label, description }) => label === 'Build' && description.startsWith('failed'),
    'Compare with Previous Execution of This Agent',
  );
  await part('.compare-summary');
  await take('dashboard-compare');
  await dashboard.click('Close comparison', '.compare');

  await dashboard.click('Analytics', '.overview');
  await part('.analytics .spark');
  await take('analytics');
  await window.until('the tables of the analytics', async () => {
    const frame = await dashboard.frame();
    await frame.locator('.analytics').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
    return true;
  });
  await take('analytics-tables');
  await dashboard.click('Close analytics', '.analytics');

  await click('.grouping');
  await click('.grouping vscode-option:has-text("By agent")');
  await part('.list-heading-name');
  await take('dashboard-groups');
  await click('.grouping');
  await click('.grouping vscode-option:has-text("Newest first")');
  await dashboard.search('nothing is called that');
  await part('.side .empty');
  await take('dashboard-no-match');
  await dashboard.click('Clear filter');
}

/** A picture of the editor of an execution that was removed while nobody looked, and of one that is removed now. */
export async function takeRemoved(window: AppWindow, name: string, take: Take): Promise<void> {
  await window.views.dragToEditor(
    'Executions',
    ({ label, level }) => label === name && level === 2,
    async () => (await window.tabs()).includes(name),
  );
  const page = new Dashboard(window, name);
  await page.frame();
  await window.views.contextMenu(
    'Executions',
    ({ label, level }) => label === name && level === 2,
    'Remove',
  );
  await window.answerDialog('Remove', 'Remove');
  await window.until('that it was removed', async () =>
    (await page.text('.notices')).includes('removed') ? true : undefined,
  );
  await take('execution-removed');
  await window.openFile('workflows/release.yaml');
  await window.until('the removed one in front again', async () => {
    await page.frame();
    return (await page.text('.app')).includes('This execution was removed') ? true : undefined;
  });
  await take('execution-removed-before');
  await window.runCommand('View: Close Editor');
}

import type { Page } from 'playwright-core';

/** A notification, in the corner or in the centre. */
export interface Notification {
  readonly severity: 'error' | 'warning' | 'info' | 'none';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** One item of the status bar. */
export interface StatusBarItem {
  /** `<extension id>.<item id>` for items of extensions. */
  readonly id: string;
  readonly text: string;
  readonly ariaLabel: string;
  /** Names of the icons in it, such as `sync`. */
  readonly icons: readonly string[];
}

/** One row of the Problems panel. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source: string;
  readonly code: string;
  /** Name of the file it stands under. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

const toast = '.notifications-toasts .notification-list-item';

/** The notifications that are shown in the corner now. */
export function readNotifications(page: Page): Promise<readonly Notification[]> {
  return page.locator(toast).evaluateAll((items) =>
    items.map((item) => {
      const icon = item.querySelector('.notification-list-item-icon')?.className ?? '';
      const severity = (['error', 'warning', 'info'] as const).find((one) =>
        icon.includes(`codicon-${one}`),
      );
      const buttons = item.querySelectorAll(
        '.notification-list-item-buttons-container .monaco-button:not(.monaco-dropdown-button)',
      );
      return {
        severity: severity ?? 'none',
        message: item.querySelector('.notification-list-item-message')?.textContent ?? '',
        buttons: [...buttons].map((button) => button.textContent.trim()),
      };
    }),
  );
}

/** Clicks a button of the first notification whose message contains `text`. */
export async function clickNotification(page: Page, text: string, button: string): Promise<void> {
  await page.bringToFront();
  const item = page.locator(toast).filter({ hasText: text }).first();
  await item.hover({ timeout: 2000 });
  await item
    .locator(`.notification-list-item-buttons-container .monaco-button:text-is("${button}")`)
    .first()
    .click({ timeout: 2000 });
}

/** The text of the modal dialog that is open; empty when there is none. */
export async function readDialog(page: Page): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box').first();
  return (await dialog.isVisible()) ? dialog.innerText() : '';
}

/** Clicks a button of the modal dialog that is open. */
export async function clickDialog(page: Page, button: string): Promise<void> {
  await page
    .locator(`.monaco-dialog-box .monaco-button:text-is("${button}")`)
    .first()
    .click({ timeout: 2000 });
}

/** All items of the status bar that are shown. */
export function readStatusBar(page: Page): Promise<readonly StatusBarItem[]> {
  return page.locator('.statusbar .statusbar-item:not(.hidden)').evaluateAll((items) =>
    items.map((item) => ({
      id: item.id,
      text: item.textContent.replace(/\u00a0/g, ' ').trim(),
      ariaLabel:
        item.getAttribute('aria-label') ??
        item.querySelector('a')?.getAttribute('aria-label') ??
        '',
      icons: [...item.querySelectorAll('.codicon')].flatMap((icon) =>
        [...icon.classList]
          .filter((name) => name.startsWith('codicon-') && !name.includes('modifier'))
          .map((name) => name.slice('codicon-'.length)),
      ),
    })),
  );
}

/** The rows of the Problems panel, which must be open. */
export async function readProblems(page: Page): Promise<readonly Problem[]> {
  const rows = await page
    .locator('.panel .markers-panel-container .monaco-list-row')
    .evaluateAll((found) =>
      found
        .map((row) => {
          const text = (selector: string): string =>
            (row.querySelector(selector)?.textContent ?? '').trim();
          const icon = row.querySelector('.marker-icon .codicon')?.className ?? '';
          return {
            top: row.getBoundingClientRect().top,
            level: Number(row.getAttribute('aria-level')),
            file: text('.label-name'),
            icon,
            message: text(
              '.marker-message-details > .details-container > .monaco-highlighted-label, .marker-message',
            ),
            whole: text('.marker-message-details-container, .problem'),
            ariaLabel: row.getAttribute('aria-label') ?? '',
            source: text('.marker-source'),
            code: text('.marker-code').replace(/^\(|\)$/g, ''),
            place: text('.marker-line'),
          };
        })
        .sort((a, b) => a.top - b.top),
    );
  let file = '';
  const problems: Problem[] = [];
  for (const row of rows) {
    if (row.level === 1) file = row.file;
    // Deeper rows are what a problem points to.
    if (row.level !== 2) continue;
    const [line = 0, column = 0] = (row.place.match(/\d+/g) ?? []).map(Number);
    const severity = (['error', 'warning'] as const).find((one) => row.icon.includes(one));
    problems.push({
      severity: severity ?? 'info',
      message: row.message === '' ? row.whole : row.message,
      source: row.source,
      code: row.code,
      file,
      line,
      column,
    });
  }
  return problems;
}

/** How many squiggles of each kind the visible editors show. */
export function readSquiggles(
  page: Page,
): Promise<{ readonly errors: number; readonly warnings: number; readonly infos: number }> {
  return page.evaluate(() => {
    const count = (kind: string): number =>
      document.querySelectorAll(`.editor-instance .view-overlays .cdr.squiggly-${kind}`).length;
    return { errors: count('error'), warnings: count('warning'), infos: count('info') };
  });
}

/** Titles of the editor tabs; `which` narrows the selector, such as `.active`. */
export function readTabs(page: Page, which = ''): Promise<readonly string[]> {
  return page.locator(`.tabs-container .tab${which}`).evaluateAll((tabs) =>
    tabs.map((tab) => {
      // Newer versions write the extension of a file in an element of its own.
      const text = (selector: string): string => tab.querySelector(selector)?.textContent ?? '';
      return `${text('.label-name')}${text('.label-suffix')}`.trim();
    }),
  );
}

/** Names of the databases in which the editor keeps its state: a few for all windows, and one for each workspace. */
export function listMemories(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    return names.filter((name) => name.startsWith('vscode-web-state-db'));
  });
}

/**
 * What the editor has stored about its open editors, with the state of webviews in them. It writes that when it is
 * idle, every few seconds: in a browser nothing can be written while a page unloads.
 */
export function readStoredEditors(page: Page, memories: readonly string[]): Promise<string> {
  return page.evaluate(async (names) => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const found: string[] = [];
    for (const name of names) {
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const items = database.transaction(store).objectStore(store);
        const value: unknown = await answer(items.get('memento/workbench.parts.editor'));
        if (typeof value === 'string') found.push(value);
      }
      database.close();
    }
    return found.join('\n');
  }, memories);
}

/** What side bar, notifications and status bar say, in at most 1,500 characters. */
export async function readWorkbenchText(page: Page): Promise<string> {
  const texts: string[] = [];
  for (const part of ['sidebar', 'notifications-toasts', 'statusbar']) {
    const text = await page
      .locator(`.monaco-workbench .${part}`)
      .first()
      .innerText({ timeout: 1000 })
      .catch(() => '(not there)');
    texts.push(`  ${part}: ${text.replace(/\s+/g, ' ').slice(0, 500)}`);
  }
  return texts.join('\n');
}

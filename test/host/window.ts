import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { outFolder } from './hosts.ts';
import { Patience } from './patience.ts';
import { QuickInput } from './quick-input.ts';
import { leaveSeat, takeSeat, type Seat, type SeatOptions } from './seat.ts';
import { remoteUri, windowUrl, type Server } from './server.ts';
import { TreeViews } from './tree-view.ts';
import { visibleWebview } from './webview-frame.ts';
import {
  clickDialog,
  clickNotification,
  listMemories,
  readDialog,
  readNotifications,
  readProblems,
  readSquiggles,
  readStatusBar,
  readStoredEditors,
  readTabs,
  readWorkbenchText,
  type Notification,
  type Problem,
  type StatusBarItem,
} from './workbench-parts.ts';

/** What a window is opened with. */
export interface WindowOptions extends SeatOptions {
  /** Absolute path of the folder or `.code-workspace` file to open; empty for a window without a folder. */
  readonly workspace: string;
}

// Generous: a machine that does much else takes long, and a wait ends as soon as it can.
const defaultWaitMs = 30_000;
const startWaitMs = 60_000;
const extensionId = 'agent-executor.agent-executor';

/** Opens a VS Code window on a server of its own. */
export async function openWindow(options: WindowOptions): Promise<AppWindow> {
  const seat = await takeSeat(options, false);
  try {
    return await AppWindow.open(seat, options.workspace, options.extensionPath);
  } catch (error) {
    await leaveSeat(seat);
    throw error;
  }
}

/** A VS Code window, in the words of the person who sits before it. */
export class AppWindow {
  readonly page: Page;
  readonly server: Server;
  readonly workspace: string;
  /** Palette, quick picks and input boxes. */
  readonly quick: QuickInput;
  /** Side bar: containers, views, rows. */
  readonly views: TreeViews;
  readonly #seat: Seat;
  readonly #extensionPath: string | undefined;
  readonly #patience: Patience;

  private constructor(seat: Seat, page: Page, workspace: string, extensionPath?: string) {
    this.#seat = seat;
    this.server = seat.server;
    this.page = page;
    this.workspace = workspace;
    this.#extensionPath = extensionPath;
    this.#patience = new Patience(
      defaultWaitMs,
      (name) => this.screenshot(`trouble/${name}`),
      () => readWorkbenchText(page),
    );
    this.quick = new QuickInput(page, this.#patience);
    this.views = new TreeViews(page, this.#patience);
  }

  /** Opens a window on a running server; `openWindow` is what tests call. */
  static async open(seat: Seat, workspace: string, extensionPath?: string): Promise<AppWindow> {
    const page = await seat.profile.newPage();
    seat.windows.add(page);
    const window = new AppWindow(seat, page, workspace, extensionPath);
    const payload =
      extensionPath === undefined
        ? []
        : ([['extensionDevelopmentPath', remoteUri(seat.server, extensionPath)]] as const);
    try {
      await page.goto(windowUrl(seat.server, workspace, payload));
      await window.#waitForWorkbench();
      if (!seat.memories.has(workspace)) {
        const others = new Set([...seat.memories.values()].flat());
        const all = await listMemories(page);
        seat.memories.set(
          workspace,
          all.filter((name) => !others.has(name)),
        );
      }
    } catch (error) {
      seat.windows.delete(page);
      await page.close();
      throw error;
    }
    return window;
  }

  /** A second window on the same server; on the same folder unless told otherwise. */
  another(workspace = this.workspace): Promise<AppWindow> {
    return AppWindow.open(this.#seat, workspace, this.#extensionPath);
  }

  /** Waits until `ask` answers something else than `undefined`; fails with a screenshot. */
  until<T>(
    what: string,
    ask: () => Promise<T | undefined> | T | undefined,
    limitMs = defaultWaitMs,
  ): Promise<T> {
    return this.#patience.until(what, ask, limitMs);
  }

  /** Runs a command by its title in the palette. */
  runCommand(title: string): Promise<void> {
    return this.quick.runCommand(title);
  }

  /** Opens a file of the workspace by its relative path. */
  async openFile(file: string): Promise<void> {
    const name = path.posix.basename(file);
    await this.#patience.until(`an editor with ${file}`, async () => {
      if ((await this.#isActiveTab(name)) === true) return true;
      await this.quick.open('Control+P');
      await this.quick.fill(file);
      await this.#patience.until(`${file} in Go to File`, async () =>
        (await this.quick.rows())[0]?.label === name ? true : undefined,
      );
      await this.page.keyboard.press('Enter');
      // The list may have changed under the key: then another file is opened, or none.
      return this.#patience.during(5000, () => this.#isActiveTab(name));
    });
  }

  /** Titles of the editor tabs. */
  tabs(): Promise<readonly string[]> {
    return readTabs(this.page);
  }

  /** The content frame of the webview editor with this title, which is brought to the front. */
  async frame(panelTitle: string): Promise<Frame> {
    return this.#patience.until(`the content of ${panelTitle}`, async () => {
      const index = (await this.tabs()).indexOf(panelTitle);
      if (index < 0) return undefined;
      const tab = this.page.locator('.tabs-container .tab').nth(index);
      if ((await tab.getAttribute('aria-selected', { timeout: 2000 })) !== 'true') {
        await tab.click({ timeout: 2000 });
      }
      const frame = await visibleWebview(this.page, extensionId);
      const isFilled = await frame?.evaluate(() => document.body.childElementCount > 0);
      return isFilled === true ? frame : undefined;
    });
  }

  /** The notifications that are shown in the corner now. */
  notifications(): Promise<readonly Notification[]> {
    return readNotifications(this.page);
  }

  /** Waits for a notification whose message contains `text`. */
  notification(text: string): Promise<Notification> {
    return this.#patience.until(`a notification "${text}"`, async () =>
      (await this.notifications()).find(({ message }) => message.includes(text)),
    );
  }

  /** Waits for a notification whose message contains `text` and clicks its button. */
  async clickNotification(text: string, button: string): Promise<void> {
    await this.#patience.until(`the button ${button} of the notification "${text}"`, async () => {
      await clickNotification(this.page, text, button);
      return true;
    });
  }

  /** Waits for a modal dialog that says `text`, clicks its button, and returns what it said. */
  async answerDialog(text: string, button: string): Promise<string> {
    const said = await this.#patience.until(`a dialog "${text}"`, async () => {
      const dialog = await readDialog(this.page);
      return dialog.includes(text) ? dialog : undefined;
    });
    await this.#patience.until(`the button ${button} of the dialog "${text}"`, async () => {
      // A click that came too late for an answer in time has been one all the same.
      if (!(await readDialog(this.page)).includes(text)) return true;
      await clickDialog(this.page, button);
      return this.#patience.during(5000, async () =>
        (await readDialog(this.page)).includes(text) ? undefined : true,
      );
    });
    return said;
  }

  /** Removes all notifications. */
  clearNotifications(): Promise<void> {
    return this.runCommand('Notifications: Clear All Notifications');
  }

  /** The items of the status bar. */
  statusBarItems(): Promise<readonly StatusBarItem[]> {
    return readStatusBar(this.page);
  }

  /** Clicks the first status bar item whose text or label contains `text`. */
  async clickStatusBarItem(text: string): Promise<void> {
    await this.#patience.until(`the status bar item ${text}`, async () => {
      const items = await this.statusBarItems();
      const item = items.find((one) => `${one.text} ${one.ariaLabel}`.includes(text));
      if (item === undefined) return undefined;
      const link = this.page.locator(`.statusbar .statusbar-item[id="${item.id}"] a`);
      await link.first().click({ timeout: 2000 });
      return true;
    });
  }

  /** Opens the Problems panel and reads it. */
  async problems(): Promise<readonly Problem[]> {
    const panel = this.page.locator('.panel .markers-panel');
    await this.#patience.until('the Problems panel', async () => {
      if (await panel.isVisible()) return true;
      const item = this.page.locator('.statusbar .statusbar-item[id="status.problems"] a');
      await item.first().click({ timeout: 2000 });
      await panel.waitFor({ timeout: 5000 });
      return true;
    });
    return readProblems(this.page);
  }

  /** Waits for a problem whose message contains `text`. */
  problem(text: string): Promise<Problem> {
    return this.#patience.until(`a problem "${text}"`, async () =>
      (await this.problems()).find(({ message }) => message.includes(text)),
    );
  }

  /** Number of squiggles that the visible editors show. */
  squiggles(): ReturnType<typeof readSquiggles> {
    return readSquiggles(this.page);
  }

  /** The text of an output channel of the extension, read from the file behind it. */
  async outputChannel(name = 'Agent Executor'): Promise<string> {
    const logs = path.join(this.server.dataFolder, 'data/logs');
    const files = await readdir(logs, { recursive: true }).catch(() => []);
    const wanted = files.filter((file) => path.basename(file) === `${name}.log`);
    const dated = await Promise.all(
      wanted.map(async (file) => {
        const place = path.join(logs, file);
        return { place, time: (await stat(place)).mtimeMs };
      }),
    );
    const newest = dated.sort((a, b) => b.time - a.time)[0];
    return newest === undefined ? '' : readFile(newest.place, 'utf8');
  }

  /**
   * Waits until the editor has stored something about its open editors that contains `text`, such as the type of a
   * webview or a part of its state. What is younger does not survive a reload.
   */
  async untilStored(text: string): Promise<void> {
    await this.#patience.until(`"${text}" in the editor's memory`, async () =>
      (await readStoredEditors(this.page, this.#memories)).includes(text) ? true : undefined,
    );
  }

  /** Those of our own workspace: windows of one profile have theirs beside each other. */
  get #memories(): readonly string[] {
    return this.#seat.memories.get(this.workspace) ?? [];
  }

  /** Reloads the window, as Developer: Reload Window does; the server stays. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#waitForWorkbench();
  }

  /** Saves what is seen as `out/screenshots/<host>/<theme>/<name>.png`; returns the path. */
  async screenshot(name: string): Promise<string> {
    const safe = name.replace(/[^\w/.-]+/g, '-').slice(0, 100);
    const { host } = this.server;
    const file = path.join(outFolder, 'screenshots', host.name, this.#seat.theme, `${safe}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, timeout: 15_000 }).catch(() => undefined);
    return file;
  }

  /** Closes the window; the last one of a server of its own ends the server and all that it started. */
  async close(): Promise<void> {
    // Leaving the page lets the editor shut down; closing it at once would look like a lost connection.
    await this.page.goto('about:blank').catch(() => undefined);
    await this.page.close();
    this.#seat.windows.delete(this.page);
    if (this.#seat.windows.size === 0 && !this.#seat.isKept) await leaveSeat(this.#seat);
  }

  async #waitForWorkbench(): Promise<void> {
    await this.#patience.until(
      'the workbench',
      async () => {
        const isThere = await this.page.locator('.monaco-workbench .statusbar').isVisible();
        const remote = this.page.locator('.statusbar .statusbar-item[id="status.host"]');
        const text = (await remote.getAttribute('aria-label', { timeout: 500 })) ?? '';
        return isThere && !/opening|connecting|reconnecting/i.test(text) ? true : undefined;
      },
      startWaitMs,
    );
  }

  async #isActiveTab(title: string): Promise<true | undefined> {
    return (await readTabs(this.page, '.active')).includes(title) ? true : undefined;
  }
}

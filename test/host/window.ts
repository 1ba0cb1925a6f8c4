import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { newProfile, startBrowser } from './browser.ts';
import { isHostName, outFolder, type HostName } from './hosts.ts';
import { installHost } from './install.ts';
import { Patience } from './patience.ts';
import { QuickInput } from './quick-input.ts';
import { remoteUri, startServer, windowUrl, type Server, type Settings } from './server.ts';
import { TreeViews } from './tree-view.ts';
import { visibleWebview } from './webview-frame.ts';
import {
  clickDialog,
  clickNotification,
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

/** The four kinds of themes that VS Code has. */
export type Theme = 'dark' | 'light' | 'hc-dark' | 'hc-light';

/** What a window is opened with. */
export interface WindowOptions {
  /** Absolute path of the folder or `.code-workspace` file to open; empty for a window without a folder. */
  readonly workspace: string;
  /** VSIX to install; default: the one that the run is about (AGENT_EXECUTOR_VSIX). */
  readonly vsix?: string;
  /** Load an extension from its folder instead of installing one. No notifications show then. */
  readonly extensionPath?: string;
  readonly theme?: Theme;
  readonly settings?: Settings;
  /** `false`: Workspace Trust is on and not given (Restricted Mode). */
  readonly trusted?: boolean;
  /** Default: the host of the run (AGENT_EXECUTOR_HOST), else `newest`. */
  readonly host?: HostName;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node for the server and its extension hosts. */
  readonly nodeOptions?: readonly string[];
}

const themeNames: Readonly<Record<Theme, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};
// Generous: a machine that does much else takes long, and a wait ends as soon as it can.
const defaultWaitMs = 30_000;
const startWaitMs = 60_000;
const extensionId = 'agent-executor.agent-executor';

/** Opens a VS Code window on a server of its own. */
export async function openWindow(options: WindowOptions): Promise<AppWindow> {
  const wanted = options.host ?? process.env['AGENT_EXECUTOR_HOST'] ?? 'newest';
  if (!isHostName(wanted)) throw new Error(`AGENT_EXECUTOR_HOST is ${wanted}`);
  const host = await installHost(wanted, (line) => console.log(line));
  const theme = options.theme ?? 'dark';
  const vsix = options.vsix ?? process.env['AGENT_EXECUTOR_VSIX'];
  const server = await startServer(host, {
    label: 'e2e',
    takesPayload: options.extensionPath !== undefined,
    settings: {
      'workbench.colorTheme': themeNames[theme],
      // Headings that stay in sight would cover rows that a test clicks.
      'workbench.tree.enableStickyScroll': false,
      // The dashboard keeps its own icons still then.
      'workbench.reduceMotion': 'on',
      ...(options.trusted === false
        ? { 'security.workspace.trust.startupPrompt': 'never' }
        : { 'security.workspace.trust.enabled': false }),
      ...options.settings,
    },
    vsix: options.extensionPath === undefined && vsix !== undefined ? [vsix] : [],
    ...(options.env && { env: options.env }),
    ...(options.nodeOptions && { nodeOptions: options.nodeOptions }),
  });
  try {
    const browser = await startBrowser((line) => console.log(line));
    const seat = {
      server,
      browser,
      profile: await newProfile(browser),
      theme,
      windows: new Set<Page>(),
    };
    return await AppWindow.open(seat, options.workspace, options.extensionPath);
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** What windows of one server share. */
interface Seat {
  readonly server: Server;
  readonly browser: Browser;
  readonly profile: BrowserContext;
  readonly theme: Theme;
  readonly windows: Set<Page>;
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
    await page.goto(windowUrl(seat.server, workspace, payload));
    await window.#waitForWorkbench();
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
    await this.quick.open('Control+P');
    await this.quick.fill(file);
    await this.#patience.until(`${file} in Go to File`, async () => {
      const [first] = await this.quick.rows();
      return first?.label === path.posix.basename(file) ? true : undefined;
    });
    await this.page.keyboard.press('Enter');
    await this.#patience.until(`an editor with ${file}`, () =>
      this.#isActiveTab(path.basename(file)),
    );
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
      await clickDialog(this.page, button);
      return true;
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
    const item = await this.#patience.until(`the status bar item ${text}`, async () =>
      (await this.statusBarItems()).find((one) => `${one.text} ${one.ariaLabel}`.includes(text)),
    );
    await this.page.locator(`.statusbar .statusbar-item[id="${item.id}"] a`).first().click();
  }

  /** Opens the Problems panel and reads it. */
  async problems(): Promise<readonly Problem[]> {
    const panel = this.page.locator('.panel .markers-panel');
    if (!(await panel.isVisible())) {
      await this.page.locator('.statusbar .statusbar-item[id="status.problems"] a').first().click();
      await panel.waitFor({ timeout: defaultWaitMs });
    }
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
      (await readStoredEditors(this.page)).includes(text) ? true : undefined,
    );
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

  /** Closes the window; the last one of a server ends the server and all that it started. */
  async close(): Promise<void> {
    // Leaving the page lets the editor shut down; closing it at once would look like a lost connection.
    await this.page.goto('about:blank').catch(() => undefined);
    await this.page.close();
    this.#seat.windows.delete(this.page);
    if (this.#seat.windows.size > 0) return;
    await this.#seat.browser.close();
    await this.server.dispose();
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

import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { repository } from './hosts.ts';
import { killThoseIn } from './process-tree.ts';
import type { SharedSeats } from './shared-seats.ts';
import { openWindow, type AppWindow, type WindowOptions } from './window.ts';

/** What the runner of the tests gives to them, in the context of mocha. */
export interface SeatedContext {
  readonly seats?: SharedSeats;
}

/** Windows and folders of one `describe`, which are gone after it. */
export interface Windows {
  /** Opens a window on a server that it shares with the windows of other tests. */
  open(options: WindowOptions): Promise<AppWindow>;
  /** Opens a window on a server of its own, for a test that does something to servers. */
  openAlone(options: WindowOptions): Promise<AppWindow>;
  /** Opens another window on the server of `window`. */
  another(window: AppWindow, workspace?: string): Promise<AppWindow>;
  /** A temporary copy of a folder of the checkout (default: the test workspace). */
  copyOf(folder?: string): Promise<string>;
}

/**
 * To be called in a `describe`: closes what it opened after the last test, and takes a screenshot
 * of every open window when a test fails.
 */
export function useWindows(): Windows {
  const open = new Set<AppWindow>();
  const folders: string[] = [];
  let seats: SharedSeats | undefined;
  const remember = (window: AppWindow): AppWindow => {
    open.add(window);
    return window;
  };

  before(function () {
    ({ seats } = this as SeatedContext);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    for (const window of open) {
      if (window.page.isClosed()) continue;
      console.log(`      screenshot: ${await window.screenshot(`failed/${test.fullTitle()}`)}`);
    }
  });
  after(async function () {
    this.timeout(60_000);
    for (const window of open) if (!window.page.isClosed()) await window.close();
    for (const folder of folders) {
      // What a failed test left running would write there once more.
      killThoseIn(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  return {
    open: async (options) => remember(await (seats?.open(options) ?? openWindow(options))),
    openAlone: async (options) => remember(await openWindow(options)),
    another: async (window, workspace) => remember(await window.another(workspace)),
    copyOf: async (folder = 'test/integration/workspace') => {
      const parent = await realpath(await mkdtemp(path.join(os.tmpdir(), 'agent-executor-e2e-')));
      folders.push(parent);
      const copy = path.join(parent, path.basename(folder));
      await cp(path.join(repository, folder), copy, { recursive: true });
      return copy;
    },
  };
}

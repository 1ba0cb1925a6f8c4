import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type {
  DashboardTrouble,
  FolderExecution,
} from '../../src/extension/dashboard/dashboard-host.ts';
import { DashboardSession } from '../../src/extension/dashboard/dashboard-session.ts';
import type { StuckVerdict } from '../../src/model/execution.ts';
import { FakeDashboardHost } from './fake-dashboard-host.ts';
import type { DashboardPage } from './dashboard-page.ts';
import { themes, type ThemeName } from './theme-variables.ts';

const keptAfterMs = 300;

/** How a dashboard is opened. */
export interface BedOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly executions?: readonly FolderExecution[];
  readonly verdicts?: readonly StuckVerdict[];
  readonly trouble?: readonly DashboardTrouble[];
  readonly logs?: Readonly<Record<string, string>>;
  readonly isTrusted?: boolean;
  readonly hasAgents?: boolean;
  readonly refreshIntervalMs?: number;
  readonly isMotionReduced?: boolean;
  /** What the page speaks; English where nothing is said. */
  readonly language?: string;
  /** What the extension does before it answers anything at all. */
  readonly isSilent?: boolean;
  /** How far the extension's clock is ahead of this process's. */
  readonly aheadMs?: number;
  /** Runs in the page before its own script. */
  readonly beforeScript?: () => void;
}

/** One dashboard: the built page in a browser, the real session behind it, made-up executions behind that. */
export class DashboardBed extends FakeDashboardHost {
  readonly page: Page;
  readonly problems: string[] = [];
  /** How far the extension's clock is ahead of this process's. */
  aheadMs: number;
  /** Bytes of each message to the page, with the time it was sent. */
  readonly sent: { readonly bytes: number; readonly type: string; readonly atMs: number }[] = [];
  readonly #seat: DashboardPage;
  readonly #session: DashboardSession;
  #isClosed = false;

  private constructor(seat: DashboardPage, options: BedOptions) {
    super();
    this.#seat = seat;
    this.page = seat.page;
    this.aheadMs = options.aheadMs ?? 0;
    this.executions = options.executions ?? [];
    this.verdicts = options.verdicts ?? [];
    this.trouble = options.trouble ?? [];
    this.isTrusted = options.isTrusted ?? true;
    this.hasAgents = options.hasAgents ?? true;
    this.refreshIntervalMs = options.refreshIntervalMs ?? 2000;
    for (const [name, text] of Object.entries(options.logs ?? {})) {
      this.logs.set(name, Buffer.from(text));
    }
    this.#session = new DashboardSession({
      ...this.side(),
      post: (message) => {
        const json = JSON.stringify(message);
        const { type } = message as { type: string };
        this.sent.push({ bytes: Buffer.byteLength(json), type, atMs: performance.now() });
        seat.send(this, json);
      },
      report: (message) => this.problems.push(message),
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => {
          clearTimeout(timer);
        };
      },
      nowMs: () => Date.now() + this.aheadMs,
    });
  }

  /** Opens a dashboard in a page that shows none. */
  static async open(seat: DashboardPage, options: BedOptions): Promise<DashboardBed> {
    const bed = new DashboardBed(seat, options);
    await seat.show(bed, {
      theme: options.theme ?? 'dark',
      width: options.width ?? 1280,
      height: options.height ?? 800,
      isMotionReduced: options.isMotionReduced === true,
      language: options.language ?? null,
      receive: (message) => {
        if (options.isSilent !== true) bed.#session.receive(message);
      },
    });
    return bed;
  }

  /** Tells the session that the executions are others now. */
  change(executions: readonly FolderExecution[]): void {
    this.executions = executions;
    this.#session.sourceChanged();
  }

  /** Changes one execution. */
  update(
    index: number,
    change: (item: FolderExecution['execution']) => FolderExecution['execution'],
  ): void {
    this.change(
      this.executions.map((item, place) =>
        place === index ? { ...item, execution: change(item.execution) } : item,
      ),
    );
  }

  /** Adds to a log. */
  append(log: string, text: string): void {
    this.logs.set(log, Buffer.concat([this.logs.get(log) ?? Buffer.alloc(0), Buffer.from(text)]));
  }

  /** Shows an execution, as a click in the tree does. */
  reveal(key: string, task: string | null = null, compareWith: string | null = null): void {
    this.#session.reveal({ key, task, compareWith });
  }

  /** Loads the page anew, as the editor does when the panel was hidden. */
  async reload(): Promise<void> {
    // The page keeps its state a moment after the last change; its own clock says when that is over.
    await this.page.evaluate(
      (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      keptAfterMs,
    );
    this.#session.hidden();
    await this.page.reload();
  }

  /** Changes the theme, as a person does while the dashboard is open. */
  async wear(theme: ThemeName): Promise<void> {
    await this.page.evaluate(async ({ bodyClass, variables }) => {
      document.documentElement.removeAttribute('style');
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.body.className = bodyClass;
      document.body.dataset['vscodeThemeKind'] = bodyClass.split(' ')[0] ?? '';
      // What listens to themes answers within a frame, and draws in the next one.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }, themes[theme]);
  }

  /** Waits until the list is drawn. */
  async ready(): Promise<void> {
    await this.page.waitForSelector('.row:not(.row-empty), .empty, .banner');
  }

  /** Waits until something is so that the page cannot be asked for. */
  async until(isSo: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!isSo()) {
      if (Date.now() > deadline) throw new Error('waited 10 s in vain');
      await pause(20);
    }
  }

  /** Ends it; its page is free for another one then. Fine when it is closed already. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#session.dispose();
    await this.#seat.leave();
  }
}

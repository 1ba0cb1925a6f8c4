import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type {
  DashboardCommand,
  DashboardTrouble,
  FolderExecution,
} from '../../src/extension/dashboard/dashboard-host.ts';
import { dashboardHtml } from '../../src/extension/dashboard/dashboard-html.ts';
import { DashboardSession } from '../../src/extension/dashboard/dashboard-session.ts';
import type { StuckVerdict } from '../../src/model/execution.ts';
import { fail, ok } from '../../src/model/result.ts';
import { fakeEvents } from './fake-executions.ts';
import { startBrowser } from '../host/browser.ts';
import { themes, type ThemeName } from './theme-variables.ts';

const root = path.join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** A browser and a server of the built webview, shared by the tests of a file. */
export class Bench {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly origin: string;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    this.origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  /** Starts both; the webview has to be built before (`node esbuild.mjs`). */
  static async start(): Promise<Bench> {
    const server = createServer((request, response) => {
      void serve(request.url ?? '/').then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const browser = await startBrowser((line) => {
      console.log(line);
    });
    return new Bench(server, browser);
  }

  /** A page with a fresh dashboard. */
  open(options: BedOptions = {}): Promise<DashboardBed> {
    return DashboardBed.open(this.#browser, this.origin, options);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

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
  /** What the extension does before it answers anything at all. */
  readonly isSilent?: boolean;
  /** Runs in the page before its own script. */
  readonly beforeScript?: () => void;
}

/** One dashboard: the built page in a browser, the real session behind it, made-up executions behind that. */
export class DashboardBed {
  readonly page: Page;
  readonly commands: DashboardCommand[] = [];
  readonly openedFiles: string[] = [];
  /** Ids of what was exported. */
  readonly exported: string[] = [];
  /** Ids of each two whose workflows were opened beside each other. */
  readonly diffs: string[] = [];
  readonly saved: { readonly name: string; readonly text: string }[] = [];
  readonly problems: string[] = [];
  /** Bytes of each message to the page, with the time it was sent. */
  readonly sent: { readonly bytes: number; readonly type: string; readonly atMs: number }[] = [];
  executions: readonly FolderExecution[];
  verdicts: readonly StuckVerdict[];
  trouble: readonly DashboardTrouble[];
  isTrusted: boolean;
  refreshes = 0;
  readonly logs: Map<string, Buffer>;
  readonly #context: BrowserContext;
  #session: DashboardSession;
  readonly #makeSession: () => DashboardSession;

  private constructor(context: BrowserContext, page: Page, options: BedOptions) {
    this.#context = context;
    this.page = page;
    this.executions = options.executions ?? [];
    this.verdicts = options.verdicts ?? [];
    this.trouble = options.trouble ?? [];
    this.isTrusted = options.isTrusted ?? true;
    this.logs = new Map(
      Object.entries(options.logs ?? {}).map(([name, text]) => [name, Buffer.from(text)]),
    );
    this.#makeSession = () =>
      new DashboardSession({
        source: {
          executions: () => this.executions,
          verdicts: () => this.verdicts,
          trouble: () => this.trouble,
          refresh: async () => {
            this.refreshes += 1;
          },
          refreshIntervalMs: () => options.refreshIntervalMs ?? 2000,
          logFile: (_id, log) => log,
          runCommand: async (command) => {
            this.commands.push(command);
          },
          isTrusted: () => this.isTrusted,
          hasAgents: () => options.hasAgents ?? true,
          exportExecutions: async (items) => void this.exported.push(...idsOf(items)),
        },
        reader: {
          tail: async (file, maxBytes) => {
            const size = this.logs.get(file)?.length ?? 0;
            return ok({ from: Math.max(0, size - maxBytes), size });
          },
          range: async (file, from, maxBytes) => {
            const log = this.logs.get(file);
            if (log === undefined) return fail('storage', 'no log');
            return ok({ bytes: log.subarray(from, from + maxBytes), size: log.length });
          },
        },
        readEvents: ({ execution }) => fakeEvents(execution),
        readHistory: async () => [],
        saveText: async (name, text) => void this.saved.push({ name, text }),
        openFile: async (_item, place) => {
          this.openedFiles.push(`${place.path}:${String(place.line)}:${String(place.column)}`);
          return ok(null);
        },
        openDiff: async (...items) => {
          this.diffs.push(idsOf(items).join(' '));
          return ok(null);
        },
        post: (message) => {
          const json = JSON.stringify(message);
          const { type } = message as { type: string };
          this.sent.push({ bytes: Buffer.byteLength(json), type, atMs: performance.now() });
          void page
            .evaluate((text) => {
              window.postMessage(JSON.parse(text), '*');
            }, json)
            .catch(() => undefined);
        },
        report: (message) => this.problems.push(message),
        after: (delayMs, run) => {
          const timer = setTimeout(run, delayMs);
          return () => {
            clearTimeout(timer);
          };
        },
        nowMs: () => Date.now(),
      });
    this.#session = this.#makeSession();
  }

  static async open(browser: Browser, origin: string, options: BedOptions): Promise<DashboardBed> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      reducedMotion: options.isMotionReduced === true ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const bed = new DashboardBed(context, page, options);
    page.on('pageerror', (error) => bed.problems.push(`page: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error') bed.problems.push(`console: ${line.text()}`);
    });
    await page.exposeFunction('toHost', (json: string) => {
      if (options.isSilent !== true) bed.#session.receive(JSON.parse(json));
    });
    // The compiler names functions by a helper that the page has not.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await page.addInitScript(actAsEditor, themes[options.theme ?? 'dark']);
    if (options.beforeScript !== undefined) await page.addInitScript(options.beforeScript);
    await page.goto(`${origin}/`);
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

  async close(): Promise<void> {
    this.#session.dispose();
    await this.#context.close();
  }
}

/** Runs in the page before its own script: what the editor provides there. */
function actAsEditor(theme: {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}): void {
  const apply = (): void => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = theme.bodyClass;
    document.body.dataset['vscodeThemeKind'] = theme.bodyClass.split(' ')[0] ?? '';
  };
  document.addEventListener('DOMContentLoaded', apply);
  // The script stands at the end of the body, before the event.
  new MutationObserver((_, observer) => {
    if (!document.documentElement.contains(document.querySelector('body'))) return;
    observer.disconnect();
    apply();
  }).observe(document, { childList: true, subtree: true });
  const page = window as unknown as Record<string, unknown>;
  page['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => {
      void (page['toHost'] as (json: string) => Promise<void>)(JSON.stringify(message));
    },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
    setState: (state: unknown) => {
      sessionStorage.setItem('state', JSON.stringify(state));
    },
  });
}

async function serve(
  url: string,
): Promise<{ readonly status: number; readonly type: string; readonly body: string | Buffer }> {
  const name = new URL(url, 'http://localhost').pathname.slice(1);
  if (name === '') {
    const body = dashboardHtml({
      cspSource: "'self'",
      nonce: 'abc123',
      script: 'dashboard.js',
      styles: ['codicon.css', 'dashboard.css'],
    });
    return { status: 200, type: 'text/html', body };
  }
  try {
    const body = await readFile(path.join(root, 'dist/webview', path.basename(name)));
    return { status: 200, type: types[path.extname(name)] ?? 'text/plain', body };
  } catch {
    return { status: 404, type: 'text/plain', body: 'not there' };
  }
}

function idsOf(items: readonly FolderExecution[]): readonly string[] {
  return items.map(({ execution }) => execution.id);
}

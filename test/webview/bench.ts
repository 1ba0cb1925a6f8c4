import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { dashboardHtml, type PageLanguage } from '../../src/extension/dashboard/dashboard-html.ts';
import { startBrowser } from '../host/browser.ts';
import { DashboardBed, type BedOptions } from './dashboard-bed.ts';
import { DashboardPage } from './dashboard-page.ts';

const root = path.join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** Where tests get their dashboards. */
export interface BenchInUse {
  /** A fresh dashboard, which is closed after the test. */
  open(options?: BedOptions): Promise<DashboardBed>;
}

/** To be called in a `describe`: a browser and a server for its tests, which are gone after it. */
export function useBench(): BenchInUse {
  let bench: Bench | undefined;
  let beds: DashboardBed[] = [];
  before(async () => {
    bench = await Bench.start();
  });
  afterEach(async () => {
    for (const bed of beds) await bed.close();
    beds = [];
  });
  after(async () => {
    await bench?.close();
  });
  return {
    open: async (options) => {
      if (bench === undefined) throw new Error('a dashboard is opened in a test');
      const bed = await bench.open(options);
      beds.push(bed);
      return bed;
    },
  };
}

/** A browser and a server of the built webview. Its pages are used again. */
export class Bench {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #pages: DashboardPage[] = [];
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

  /** A fresh dashboard. */
  async open(options: BedOptions = {}): Promise<DashboardBed> {
    return DashboardBed.open(await this.#freePage(options), options);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  async #freePage({ beforeScript }: BedOptions): Promise<DashboardPage> {
    // What runs before the script cannot be taken out of a page again.
    if (beforeScript !== undefined) {
      return DashboardPage.open(this.#browser, this.origin, beforeScript);
    }
    const free = this.#pages.find(({ isFree }) => isFree);
    if (free !== undefined) return free;
    const page = await DashboardPage.open(this.#browser, this.origin);
    this.#pages.push(page);
    return page;
  }
}

async function serve(
  url: string,
): Promise<{ readonly status: number; readonly type: string; readonly body: string | Buffer }> {
  const name = new URL(url, 'http://localhost').pathname.slice(1);
  const language = /^(?:([a-z]+)\/)?$/.exec(name);
  if (language !== null) {
    const body = dashboardHtml({
      cspSource: "'self'",
      nonce: 'abc123',
      script: 'dashboard.js',
      styles: ['codicon.css', 'dashboard.css'],
      ...(language[1] === undefined ? {} : { language: await readLanguage(language[1]) }),
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

/** The language as the editor hands it to the page. */
async function readLanguage(id: string): Promise<PageLanguage> {
  const json = await readFile(path.join(root, 'l10n', `webview.l10n.${id}.json`), 'utf8');
  return { id, texts: JSON.parse(json) as Readonly<Record<string, string>> };
}

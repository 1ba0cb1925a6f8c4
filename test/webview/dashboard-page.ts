import type { Browser, BrowserContext, Page } from 'playwright-core';
import { themes, type ThemeName } from './theme-variables.ts';

/** What a page shows: whoever is told of its trouble. */
interface Guest {
  /** What the page complained of. */
  readonly problems: string[];
}

/** How a dashboard is shown. */
export interface ShowOptions {
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  readonly isMotionReduced: boolean;
  /** Of its texts, such as `de`; null for English. */
  readonly language: string | null;
  /** Gets what the page says to the extension. */
  readonly receive: (message: unknown) => void;
}

/**
 * A page of the browser that shows one dashboard after the other. A new page would take a second,
 * since its browser context has compiled no script yet; a dashboard in one that is there a quarter.
 */
export class DashboardPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #origin: string;
  #guest: Guest | undefined;
  #receive: (message: unknown) => void = () => undefined;
  #number = 0;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
  }

  /** Opens one that shows nothing yet. `beforeScript` runs in it before each dashboard's own script. */
  static async open(
    browser: Browser,
    origin: string,
    beforeScript?: () => void,
  ): Promise<DashboardPage> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const seat = new DashboardPage(context, page, origin);
    page.on('pageerror', (error) => seat.#guest?.problems.push(`page: ${error.message}`));
    page.on('console', (line) => {
      if (line.type() === 'error') seat.#guest?.problems.push(`console: ${line.text()}`);
    });
    await page.exposeFunction('toHost', (json: string, query: string) => {
      if (query === seat.#query) seat.#receive(JSON.parse(json));
    });
    // The compiler names functions by a helper that the page has not.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await page.addInitScript(actAsEditor, themes);
    if (beforeScript !== undefined) await page.addInitScript(beforeScript);
    return seat;
  }

  /** Whether another dashboard can be shown. */
  get isFree(): boolean {
    return this.#guest === undefined && !this.page.isClosed();
  }

  /** Loads a fresh dashboard for a guest. */
  async show(guest: Guest, options: ShowOptions): Promise<void> {
    this.#guest = guest;
    this.#receive = options.receive;
    this.#number += 1;
    await this.page.setViewportSize({ width: options.width, height: options.height });
    const reducedMotion = options.isMotionReduced ? 'reduce' : 'no-preference';
    await this.page.emulateMedia({ reducedMotion });
    const folder = options.language === null ? '' : `${options.language}/`;
    await this.page.goto(`${this.#origin}/${folder}${this.#query}#${options.theme}`);
  }

  /** Sends a message to the dashboard of a guest; nothing happens when it is not shown any more. */
  send(guest: Guest, json: string): void {
    if (guest !== this.#guest) return;
    void this.page
      .evaluate(
        ({ text, query }) => {
          if (location.search === query) window.postMessage(JSON.parse(text), '*');
        },
        { text: json, query: this.#query },
      )
      .catch(() => undefined);
  }

  /** Takes the dashboard away. */
  async leave(): Promise<void> {
    this.#guest = undefined;
    this.#receive = () => undefined;
    // The pointer stays where it is: it must not rest on what comes next.
    await this.page.mouse.move(0, 0);
    await this.page.goto('about:blank');
  }

  /** Closes the page. */
  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Tells the dashboards of the page apart. */
  get #query(): string {
    return `?${String(this.#number)}`;
  }
}

/** Runs in the page before its own script: what the editor provides there. The hash names the theme. */
function actAsEditor(
  all: Readonly<
    Record<
      string,
      { readonly bodyClass: string; readonly variables: Readonly<Record<string, string>> }
    >
  >,
): void {
  const theme = all[location.hash.slice(1)];
  if (theme === undefined) return;
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
  const query = location.search;
  page['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => {
      const send = page['toHost'] as (json: string, query: string) => Promise<void>;
      void send(JSON.stringify(message), query);
    },
    getState: () => JSON.parse(sessionStorage.getItem(query) ?? 'null') as unknown,
    setState: (state: unknown) => {
      sessionStorage.setItem(query, JSON.stringify(state));
    },
  });
}

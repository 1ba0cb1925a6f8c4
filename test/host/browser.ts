import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from './chromium.ts';
import type { Report } from './install.ts';

/** What a window looks like; every view has room for its rows, since a list renders what is seen. */
export const windowSize = { width: 1440, height: 960 } as const;

/** Starts the machine's Chromium without a window. */
export async function startBrowser(report: Report): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(report),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser profile of its own: windows in the same one share what the editor remembers. */
export async function newProfile(browser: Browser): Promise<BrowserContext> {
  const profile = await browser.newContext({
    viewport: windowSize,
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-US',
  });
  // tsx wraps named functions in a call of `__name`, also those that are sent into the page.
  await profile.addInitScript('globalThis.__name = (what) => what');
  // Without a graphics card a turning icon, or the stripe above a view that is refreshed, takes a core to draw, from
  // what is to be tested.
  await profile.addInitScript(() => {
    const still = new CSSStyleSheet();
    still.replaceSync(
      '.codicon, .monaco-progress-container .progress-bit { animation: none !important; }',
    );
    document.adoptedStyleSheets.push(still);
  });
  return profile;
}

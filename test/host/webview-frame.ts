import type { Frame, Page } from 'playwright-core';

/**
 * The content frame of the webview that is in sight, or `undefined` while there is none. A webview
 * is a frame in a frame: the outer one belongs to the editor, the inner one holds the content.
 * `extensionId` keeps other extensions' webviews (a preview, release notes) out.
 */
export async function visibleWebview(page: Page, extensionId: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    const outer = frame.parentFrame();
    // The inner frame is navigated away from where it began: its parent tells what it is.
    if (outer === null || !isWebviewOf(outer.url(), extensionId)) continue;
    const element = await outer.frameElement().catch(() => undefined);
    const isShown = await element?.evaluate((node) => {
      const iframe = node as unknown as HTMLElement;
      const box = iframe.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && getComputedStyle(iframe).visibility === 'visible';
    });
    if (isShown !== true) continue;
    const inner = await frame.frameElement().catch(() => undefined);
    const isActive = await inner?.evaluate(
      (node) => (node as unknown as HTMLElement).id === 'active-frame',
    );
    if (isActive === true) return frame;
  }
  return undefined;
}

function isWebviewOf(url: string, extensionId: string): boolean {
  if (!url.includes('/webview/browser/pre/')) return false;
  const owner = new URL(url).searchParams.get('extensionId');
  return owner?.toLowerCase() === extensionId.toLowerCase();
}

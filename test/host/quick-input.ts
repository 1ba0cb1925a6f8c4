import type { Page } from 'playwright-core';
import type { Patience } from './patience.ts';

/** One row of a quick pick. */
export interface PickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
}

/** The palette, quick picks and input boxes: what opens at the top of the window. */
export class QuickInput {
  readonly #page: Page;
  readonly #patience: Patience;

  constructor(page: Page, patience: Patience) {
    this.#page = page;
    this.#patience = patience;
  }

  /** Runs a command by its title in the palette, such as `Agent Executor: Refresh`. */
  async runCommand(title: string): Promise<void> {
    await this.#patience.until(`the command "${title}" in the palette`, async () => {
      await this.open('F1', '>');
      await this.#input().fill(`>${title}`);
      // The open palette does not learn of commands that arrive later: soon open it again.
      const deadline = Date.now() + 1500;
      while (Date.now() < deadline) {
        // A click that changed nothing is made again, on a palette that is opened anew.
        if (await this.#clickRow(title)) return this.#isPaletteGone();
        await this.#page.waitForTimeout(50);
      }
      await this.dismiss();
      return undefined;
    });
  }

  /** Opens what `key` opens (`F1`, `Control+P`), also when a webview has the focus. */
  async open(key: string, prefix = ''): Promise<void> {
    await this.#patience.until(`the quick input of ${key}`, async () => {
      if (!(await this.isOpen())) {
        await this.#page.bringToFront();
        // A click on the title bar would do something; the focus alone does not.
        await this.#page
          .locator('.monaco-workbench')
          .first()
          .focus({ timeout: 1000 })
          .catch(() => undefined);
        await this.#page.keyboard.press(key);
        await this.#widget()
          .waitFor({ timeout: 1500 })
          .catch(() => undefined);
      }
      const value = await this.#input()
        .inputValue({ timeout: 500 })
        .catch(() => undefined);
      if (value?.startsWith(prefix) === true) return true;
      // Something else of ours is open, such as an unanswered question: close it first.
      await this.#page.keyboard.press('Escape');
      return undefined;
    });
  }

  /** Whether a quick pick or an input box is open. */
  isOpen(): Promise<boolean> {
    return this.#widget().isVisible();
  }

  /** The rows of the open quick pick, once there are any. */
  async rows(): Promise<readonly PickRow[]> {
    return this.#patience.until('rows in the quick pick', async () => {
      const rows = await this.#readRows();
      return rows.length > 0 ? rows : undefined;
    });
  }

  /** Chooses the row with exactly this label (the ellipsis of a title may be left out). */
  async pick(label: string): Promise<void> {
    await this.#patience.until(`"${label}" in the quick pick`, async () =>
      (await this.#clickRow(label)) ? true : undefined,
    );
  }

  /** The same for `limitMs` at most: whether it was there. What has the focus elsewhere may close a quick pick. */
  async tryPick(label: string, limitMs: number): Promise<boolean> {
    const isClicked = await this.#patience.during(limitMs, async () =>
      (await this.#clickRow(label)) ? true : undefined,
    );
    return isClicked === true;
  }

  /** Types an answer into the open input box and accepts it with Enter. */
  async type(text: string): Promise<void> {
    await this.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Types without accepting; `message()` then tells what the box says. */
  async fill(text: string): Promise<void> {
    await this.#widget().waitFor({ timeout: this.#patience.limitMs });
    await this.#input().fill(text, { timeout: this.#patience.limitMs });
  }

  /** The prompt or the validation message under the input. */
  async message(): Promise<string> {
    return (await this.#widget().locator('.quick-input-message').innerText()).trim();
  }

  /** Title of the open quick input; empty when it has none. */
  async title(): Promise<string> {
    const title = this.#widget().locator('.quick-input-title');
    return (await title.isVisible()) ? (await title.innerText()).trim() : '';
  }

  /** Closes it with Escape. */
  async dismiss(): Promise<void> {
    await this.#patience.until('the quick input to close', async () => {
      if (!(await this.isOpen())) return true;
      await this.#page.keyboard.press('Escape');
      await this.#widget().waitFor({ state: 'hidden', timeout: 2000 });
      return true;
    });
  }

  #widget() {
    return this.#page.locator('.quick-input-widget').first();
  }

  #input() {
    return this.#widget().locator('.quick-input-box input').first();
  }

  #rowLocator() {
    return this.#widget().locator('.quick-input-list .monaco-list-row');
  }

  /** What comes next must not take the rows of the palette for its own. */
  async #isPaletteGone(): Promise<true | undefined> {
    return this.#patience.during(5000, async () => {
      const value = await this.#input()
        .inputValue({ timeout: 500 })
        .catch(() => '');
      return (await this.isOpen()) && value.startsWith('>') ? undefined : true;
    });
  }

  async #clickRow(label: string): Promise<boolean> {
    const row = (await this.#readRows()).find((one) => sameLabel(one.label, label));
    if (row === undefined) return false;
    // By its name: a list that is still being filled has another row in its place the next moment.
    const quoted = row.ariaLabel.replace(/["\\]/g, '\\$&');
    await this.#widget()
      .locator(`.quick-input-list .monaco-list-row[aria-label="${quoted}"]`)
      .first()
      .click({ timeout: 2000 });
    return true;
  }

  async #readRows(): Promise<readonly PickRow[]> {
    return this.#rowLocator().evaluateAll((rows) =>
      rows.map((row) => {
        const text = (selector: string): string =>
          (row.querySelector(selector)?.textContent ?? '').trim();
        return {
          label: text('.label-name') + text('.label-suffix'),
          description: text('.label-description'),
          detail: text('.quick-input-list-label-meta'),
          ariaLabel: row.getAttribute('aria-label') ?? '',
        };
      }),
    );
  }
}

function sameLabel(shown: string, wanted: string): boolean {
  const bare = (text: string): string => text.replace(/(…|\.\.\.)$/, '').trim();
  // The palette may append how an entry was found ("similar commands").
  return bare(shown) === bare(wanted);
}

import type { Locator, Page } from 'playwright-core';
import type { Patience } from './patience.ts';

/** One visible row of a tree, as a person and a screen reader get it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly ariaLabel: string;
  /** 1 for the roots. */
  readonly level: number;
  /** `undefined` for a leaf. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** Codicon of the row, such as `error`; empty for none or an image. */
  readonly icon: string;
}

/** A row by its label, or by what it must fulfil. */
export type RowChoice = string | RegExp | ((row: TreeRow) => boolean);

/** A click whose effect is not seen by then went nowhere: into a row that was just drawn anew. */
const swallowedAfterMs = 15_000;
/** The same for a click that the browser did not say to be done: it may have been, on a machine that was slow then. */
const doubtfulAfterMs = 3000;

/**
 * The views of the side bar and the panel. A tree renders the rows that fit: what is scrolled out
 * of sight is not among them.
 */
export class TreeViews {
  readonly #page: Page;
  readonly #patience: Patience;

  constructor(page: Page, patience: Patience) {
    this.#page = page;
    this.#patience = patience;
  }

  /** Shows a container of the activity bar by its title, such as `Agent Executor`. */
  async openContainer(title: string): Promise<void> {
    const tab = this.#page
      .locator(`.activitybar .action-item:has(a[aria-label^="${title}"])`)
      .first();
    const header = this.#page.locator('.sidebar .composite.title .title-label');
    await this.#patience.until(`the view container ${title}`, async () => {
      const shown = await header.textContent({ timeout: 500 }).catch(() => '');
      const isShown = shown?.toLowerCase().startsWith(title.toLowerCase()) === true;
      if (isShown && (await header.isVisible())) return true;
      // A click on the icon of the container that is open would hide the side bar.
      const isOpen = await tab.evaluate((item) => item.classList.contains('checked'));
      if (!isOpen) await tab.click({ timeout: 2000 });
      return undefined;
    });
  }

  /** Number on the container's icon; `undefined` without a badge. */
  async badge(title: string): Promise<string | undefined> {
    const content = this.#page.locator(
      `.activitybar .action-item:has(a[aria-label^="${title}"]) .badge-content`,
    );
    const text = (await content.first().isVisible()) ? await content.first().innerText() : '';
    return text === '' ? undefined : text;
  }

  /** Titles of the views in the side bar, from the top. */
  async names(): Promise<readonly string[]> {
    // Not what is drawn: some versions write titles in capitals.
    const titles = await this.#page.locator('.sidebar .pane-header h3.title').allTextContents();
    return titles.map((title) => title.trim());
  }

  /** The rows of a view that are in sight now; expands the view when it is folded. */
  async rows(view: string): Promise<readonly TreeRow[]> {
    const pane = await this.#pane(view);
    return pane.locator('.monaco-list-rows .monaco-list-row').evaluateAll((rows) => {
      const list = rows[0]?.closest('.monaco-list')?.getBoundingClientRect();
      return (
        rows
          .filter((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            // A row that is cut off at the edge is not in sight: a click on it would scroll what must not be.
            return list === undefined || (top > list.top - 4 && bottom < list.bottom + 4);
          })
          .map((row) => {
            const text = (selector: string): string =>
              (row.querySelector(selector)?.textContent ?? '').trim();
            const expanded = row.getAttribute('aria-expanded');
            const icon = row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '';
            return {
              top: row.getBoundingClientRect().top,
              label: text('.label-name') + text('.label-suffix'),
              description: text('.label-description'),
              ariaLabel: row.getAttribute('aria-label') ?? '',
              level: Number(row.getAttribute('aria-level')),
              expanded: expanded === null ? undefined : expanded === 'true',
              selected: row.getAttribute('aria-selected') === 'true',
              icon: /codicon-(?!modifier)([\w-]+)/.exec(icon)?.[1] ?? '',
            };
          })
          // Rows are recycled: their order in the document is not the one on the screen.
          .sort((a, b) => a.top - b.top)
          .map(({ top: _top, ...row }) => row)
      );
    });
  }

  /** Waits for a row and returns it; brings it into sight where it is further down. */
  async row(view: string, choice: RowChoice): Promise<TreeRow> {
    return this.#patience.until(`row ${String(choice)} in the view ${view}`, () =>
      this.look(view, choice),
    );
  }

  /** The row, when it is in sight. Otherwise the next look is at the rows below, and after the last ones at the top. */
  async look(view: string, choice: RowChoice): Promise<TreeRow | undefined> {
    const found = (await this.rows(view)).find((row) => matches(row, choice));
    if (found !== undefined) return found;
    const pane = await this.#pane(view);
    await pane.locator('.monaco-list').evaluate((list) => {
      const rows = list.querySelector<HTMLElement>('.monaco-list-rows');
      const hidden = (rows?.offsetHeight ?? 0) - list.clientHeight;
      const isAtEnd = -(rows?.offsetTop ?? 0) >= hidden - 1;
      // A notch of the wheel is 120 of its units, and 50 pixels; 22 is the height of a row.
      const notches = isAtEnd ? -1000 : (Math.ceil(list.clientHeight / 44) * 22) / 50;
      const turn = { wheelDeltaY: -120 * notches, bubbles: true, cancelable: true };
      const scroller = list.querySelector('.monaco-scrollable-element');
      if (hidden > 0) scroller?.dispatchEvent(new WheelEvent('wheel', turn));
    });
    return undefined;
  }

  /** Clicks a row: selects it, runs its command, or folds and unfolds it. */
  async click(view: string, choice: RowChoice): Promise<void> {
    await (await this.#rowLocator(view, choice)).click({ timeout: this.#patience.limitMs });
  }

  /** Marks rows, as with the control key held: those that were marked before are not any more. */
  async mark(view: string, choices: readonly RowChoice[]): Promise<void> {
    for (const [index, choice] of choices.entries()) {
      const row = await this.#rowLocator(view, choice);
      await row.click({ timeout: 2000, modifiers: index === 0 ? [] : ['Control'] });
    }
  }

  /** Drags a row into the editor area, and lets go there once `isDone`'s effect can follow. */
  async dragToEditor(
    view: string,
    choice: RowChoice,
    isDone: () => Promise<boolean>,
  ): Promise<void> {
    const { mouse } = this.#page;
    await this.#patience.until(`${String(choice)} of ${view} in the editor area`, async () => {
      const from = await (await this.#rowLocator(view, choice)).boundingBox();
      const to = await this.#page
        .locator('.part.editor .editor-group-container')
        .first()
        .boundingBox();
      if (from === null || to === null) return undefined;
      await mouse.move(from.x + 80, from.y + from.height / 2);
      await mouse.down();
      await mouse.move(from.x + 110, from.y + from.height / 2, { steps: 4 });
      await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
      // The area shows where it would be dropped; before that nobody takes it.
      await this.#page
        .locator('#monaco-workbench-editor-drop-overlay .editor-group-overlay-indicator')
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
      await mouse.move(to.x + to.width / 2 + 5, to.y + to.height / 2 + 5, { steps: 3 });
      await mouse.up();
      return this.#patience.during(8000, async () => ((await isDone()) ? true : undefined));
    });
  }

  /** Unfolds a row when it is folded. */
  async expand(view: string, choice: RowChoice): Promise<void> {
    await this.#patience.until(`${String(choice)} unfolded in ${view}`, async () => {
      const row = (await this.rows(view)).find((one) => matches(one, choice));
      if (row === undefined) return undefined;
      if (row.expanded !== false) return true;
      await (await this.#rowLocator(view, choice)).locator('.monaco-tl-twistie').click();
      return undefined;
    });
  }

  /**
   * Clicks a button that a row shows under the pointer, by (the start of) its title. With `isDone`
   * it is clicked until that is so; otherwise until nobody asks which row was meant.
   */
  async inlineAction(
    view: string,
    choice: RowChoice,
    title: string,
    isDone?: () => Promise<boolean>,
  ): Promise<void> {
    await this.#patience.until(`action ${title} of ${String(choice)} in ${view}`, async () => {
      const row = await this.#rowLocator(view, choice);
      await row.hover({ timeout: 2000 });
      const button = row.locator(`.actions a.action-label[aria-label^="${title}"]`);
      if (isDone === undefined) {
        await button.click({ timeout: 2000 });
        return (await this.#hasLostItsRow(500)) ? undefined : true;
      }
      const doubt = await button.click({ timeout: 2000 }).then(() => null, toError);
      const limitMs = doubt === null ? swallowedAfterMs : doubtfulAfterMs;
      const isSo = await this.#patience.during(limitMs, async () => {
        if (await isDone()) return true;
        return (await this.#hasLostItsRow(0)) ? false : undefined;
      });
      if (isSo === true) return true;
      if (doubt !== null) throw doubt;
      return undefined;
    });
  }

  /** Titles of the buttons that a row shows under the pointer. */
  async inlineActions(view: string, choice: RowChoice): Promise<readonly string[]> {
    const row = await this.#rowLocator(view, choice);
    await row.hover();
    return row
      .locator('.actions a.action-label')
      .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
  }

  /** Opens the context menu of a row and chooses an entry by its title. */
  async contextMenu(view: string, choice: RowChoice, entry: string): Promise<void> {
    await this.#patience.until(`${entry} of ${String(choice)} in ${view}`, async () => {
      await this.#chooseFromMenu(view, choice, entry);
      return (await this.#hasLostItsRow(500)) ? undefined : true;
    });
  }

  async #chooseFromMenu(view: string, choice: RowChoice, entry: string): Promise<void> {
    await (await this.#rowLocator(view, choice)).click({ button: 'right' });
    const item = this.#page
      .locator(`.context-view .monaco-menu .action-item:has-text("${entry}")`)
      .first();
    // A row that moved between the look and the click has another menu: then once more.
    await item.waitFor({ timeout: 2000 }).catch(async (error: unknown) => {
      await this.#page.keyboard.press('Escape');
      throw error;
    });
    // A menu ignores a click that comes too soon after it opened: it could be the one that opened it.
    await this.#patience.until(`the menu to take ${entry}`, async () => {
      // A click whose effect came late has been one all the same.
      if (!(await item.isVisible())) return true;
      await item.click({ timeout: 1000 });
      await item.waitFor({ state: 'hidden', timeout: 1000 });
      return true;
    });
  }

  /** Clicks a button in the title of a view, by (the start of) its title. */
  async titleAction(view: string, title: string): Promise<void> {
    await this.#patience.until(`action ${title} of the view ${view}`, async () => {
      const pane = await this.#pane(view);
      await pane.locator('.pane-header').hover();
      const selector = `.pane-header .actions a.action-label[aria-label^="${title}"]`;
      await pane.locator(selector).click({ timeout: 2000 });
      return true;
    });
  }

  /** Text of the welcome content or message that a view shows in place of rows. */
  async welcome(view: string): Promise<string> {
    const pane = await this.#pane(view);
    const texts = await pane.locator('.welcome-view-content, .message').allInnerTexts();
    return texts.map((text) => text.trim()).join('\n');
  }

  /**
   * While VS Code renews the rows of a tree it forgets which ones there were, and a command from a row gets none. Ours
   * then asks which agent or execution is meant. The question is closed here, as by a person who clicks once more.
   */
  async #hasLostItsRow(withinMs: number): Promise<boolean> {
    const question = this.#page.locator('.quick-input-widget input[placeholder^="Which "]');
    const isAsked = await this.#patience.during(withinMs, async () =>
      (await question.isVisible()) ? true : undefined,
    );
    if (isAsked === true) await this.#page.keyboard.press('Escape');
    return isAsked === true;
  }

  async #pane(view: string): Promise<Locator> {
    const pane = this.#page.locator('.pane').filter({
      has: this.#page.locator(`.pane-header h3.title:text-is("${view}")`),
    });
    return this.#patience.until(`the view ${view}`, async () => {
      const header = pane.first().locator('.pane-header');
      const expanded = await header.getAttribute('aria-expanded', { timeout: 1000 });
      if (expanded !== 'false') return pane.first();
      await header.click({ timeout: 1000 });
      return undefined;
    });
  }

  async #rowLocator(view: string, choice: RowChoice): Promise<Locator> {
    // In a window that is not in front the pointer is not answered while nothing moves.
    await this.#page.bringToFront();
    const { ariaLabel, level } = await this.row(view, choice);
    const pane = await this.#pane(view);
    const quoted = ariaLabel.replace(/["\\]/g, '\\$&');
    return pane
      .locator(`.monaco-list-rows .monaco-list-row[aria-level="${level}"][aria-label="${quoted}"]`)
      .first();
  }
}

/** Whether a row is one of the headings of the executions view. */
export function isHeading(row: TreeRow): boolean {
  return row.icon === '' && /^(Running|Failed|Today|Older), /.test(row.ariaLabel);
}

function matches(row: TreeRow, choice: RowChoice): boolean {
  if (typeof choice === 'function') return choice(row);
  // Whoever names a row means none of the headings that executions stand under.
  if (isHeading(row)) return false;
  return typeof choice === 'string' ? row.label === choice : choice.test(row.label);
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

import type { Frame } from 'playwright-core';
import type { AppWindow } from '../host/window.ts';

/** A row of the dashboard's list. */
export interface DashboardRow {
  readonly name: string;
  readonly status: string;
  readonly isSelected: boolean;
}

/** A row of the dashboard's task table. */
export interface DashboardTask {
  readonly name: string;
  readonly status: string;
  readonly details: string;
}

/** The dashboard of a window, as a person sees it. */
export class Dashboard {
  readonly #window: AppWindow;
  readonly #title: string;

  /** `title` is that of its tab: the name of an execution that is an editor of its own. */
  constructor(window: AppWindow, title = 'Agent Executor') {
    this.#window = window;
    this.#title = title;
  }

  /** Opens it by the palette. */
  static async open(window: AppWindow): Promise<Dashboard> {
    await window.runCommand('Agent Executor: Open Dashboard');
    const dashboard = new Dashboard(window);
    await dashboard.frame();
    return dashboard;
  }

  /** Its page, once it shows something; it is another one after the dashboard was hidden. */
  frame(): Promise<Frame> {
    return this.#window.until('the page of the dashboard', async () => {
      const frame = await this.#window.frame(this.#title);
      const isThere = await frame.locator('.app').isVisible();
      return isThere ? frame : undefined;
    });
  }

  /** The rows near the visible part of the list. */
  async rows(): Promise<readonly DashboardRow[]> {
    const frame = await this.frame();
    return frame.locator('.list .row:not(.row-empty)').evaluateAll((rows) =>
      rows
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          name: row.querySelector('.row-title')?.textContent ?? '',
          status: row.querySelector('.row-facts > span')?.textContent ?? '',
          isSelected: row.getAttribute('aria-selected') === 'true',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ top: _top, ...row }) => row),
    );
  }

  /** Waits for a row of the list. */
  row(what: string, isWanted: (row: DashboardRow) => boolean): Promise<DashboardRow> {
    return this.#window.until(`${what} in the list of the dashboard`, async () =>
      (await this.rows()).find(isWanted),
    );
  }

  /** Selects the first row with this name. */
  async select(name: string): Promise<void> {
    await this.#window.until(`the details of ${name}`, async () => {
      const frame = await this.frame();
      const isShown = (await this.heading()).name === name;
      if (isShown) return true;
      await frame
        .locator(`.list .row:has(.row-title:text-is("${name}"))`)
        .first()
        .click({ timeout: 2000 });
      return undefined;
    });
  }

  /** Name and status of the execution whose details are shown. */
  async heading(): Promise<{ readonly name: string; readonly status: string }> {
    const frame = await this.frame();
    return frame.locator('.app').evaluate((app) => ({
      name: app.querySelector('#detail-title')?.textContent ?? '',
      status: app.querySelector('.detail-title-line .status-word')?.textContent.trim() ?? '',
    }));
  }

  /** The rows of the task table. */
  async tasks(): Promise<readonly DashboardTask[]> {
    const frame = await this.frame();
    return frame.locator('.task-table tr.task').evaluateAll((rows) =>
      rows.map((row) => {
        const text = (selector: string): string =>
          (row.querySelector(selector)?.textContent ?? '').trim();
        return {
          name: text('.task-button'),
          status: text('.task-status'),
          details: text('.task-details'),
        };
      }),
    );
  }

  /** Waits until a task of the shown execution has a status. */
  task(name: string, status: string): Promise<DashboardTask> {
    return this.#window.until(`${name} ${status} in the dashboard`, async () =>
      (await this.tasks()).find((task) => task.name === name && task.status === status),
    );
  }

  /** The text of the log pane. */
  async log(): Promise<string> {
    const text = (await this.frame()).locator('.log-text pre');
    return (await text.isVisible()) ? text.innerText() : '';
  }

  /** Chooses a filter by its word, such as `Failed`. */
  async filter(word: string): Promise<void> {
    const frame = await this.frame();
    const chip = frame.locator(`.chip:has-text("${word}")`);
    await chip.click();
    await this.#window.until(`the filter ${word}`, async () =>
      (await chip.getAttribute('aria-pressed')) === 'true' ? true : undefined,
    );
  }

  /** The words of the filters with their counts, such as `Failed 2`. */
  async filters(): Promise<readonly string[]> {
    const frame = await this.frame();
    return frame
      .locator('.chip')
      .evaluateAll((chips) =>
        chips.map((chip) =>
          [...chip.querySelectorAll('span:not(.codicon)')]
            .map((part) => part.textContent)
            .join(' '),
        ),
      );
  }

  /** Types into the search field. */
  async search(text: string): Promise<void> {
    await (await this.frame()).locator('.search input').fill(text);
  }

  /** Clicks a button by its name, within a part of the page. */
  async click(button: string, part = '.app'): Promise<void> {
    await this.#window.until(`the button ${button} of the dashboard`, async () => {
      const frame = await this.frame();
      await frame
        .locator(part)
        .getByRole('button', { name: button })
        .first()
        .click({ timeout: 2000 });
      return true;
    });
  }

  /** All text of a part of the page; empty when it is not there. */
  async text(part: string): Promise<string> {
    const found = (await this.frame()).locator(part).first();
    return (await found.count()) === 0 ? '' : (await found.innerText()).trim();
  }

  /** Where the list or the log is scrolled to. */
  async scrollTop(part: '.list' | '.log-text' | '.detail-scroll'): Promise<number> {
    return (await this.frame()).locator(part).evaluate((element) => element.scrollTop);
  }

  /** Scrolls as a wheel would. */
  async scroll(part: '.list' | '.log-text' | '.detail-scroll', top: number): Promise<void> {
    await (await this.frame()).locator(part).evaluate((element, wanted) => {
      element.scrollTop = wanted;
    }, top);
  }
}

import type { TreeRow } from '../host/tree-view.ts';
import type { AppWindow } from '../host/window.ts';

type IsRow = (row: TreeRow) => boolean;

/** The rows of the Executions view, by what they say. */
export class ExecutionRows {
  readonly #window: AppWindow;

  constructor(window: AppWindow) {
    this.#window = window;
  }

  /** Waits for the row of an execution whose description begins with `state`. */
  execution(name: string, state: string): Promise<TreeRow> {
    return this.#window.views.row('Executions', isIn(name, state));
  }

  /** The same for a task of an execution that is open. */
  task(name: string, state: string): Promise<TreeRow> {
    const isSo = isIn(name, state);
    return this.#window.views.row('Executions', (row) => row.level === 3 && isSo(row));
  }

  /** Marks some rows, chooses an entry of the menu of the first one, and answers the question. */
  async choose(
    rows: readonly [IsRow, ...IsRow[]],
    entry: string,
    question: string,
    answer: string,
  ): Promise<void> {
    const window = this.#window;
    const dialog = window.page.locator('.monaco-dialog-box');
    await window.until(`the question "${question}"`, async () => {
      await window.views.mark('Executions', rows);
      await window.views.contextMenu('Executions', rows[0], entry);
      await dialog.first().waitFor({ timeout: 5000 });
      if ((await dialog.first().innerText()).includes(question)) return true;
      // Rows that were drawn anew under the click were not marked any more.
      await window.page.keyboard.press('Escape');
      return undefined;
    });
    await window.answerDialog(question, answer);
  }
}

/** Tells the row of an execution or a task by its name and the beginning of its description. */
export function isIn(name: string, state: string): IsRow {
  return ({ label, description }) => label === name && description.startsWith(state);
}

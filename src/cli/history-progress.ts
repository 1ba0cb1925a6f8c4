import type { Terminal } from './terminal.ts';

/** Says on a terminal how far the reading of a long history is; `done` takes it away. */
export function historyProgress(terminal: Terminal): {
  readonly onProgress: (done: number, all: number) => void;
  readonly done: () => void;
} {
  const { stderr } = terminal;
  const begunMs = terminal.now();
  let isShown = false;
  return {
    onProgress(done, all) {
      // What takes less than a second needs no word.
      if (!stderr.isTerminal || terminal.now() - begunMs < 1000) return;
      isShown = true;
      stderr.write(`\rreading the history: ${String(done)} of ${String(all)}`);
    },
    done() {
      if (isShown) stderr.write('\r\u001b[K');
    },
  };
}

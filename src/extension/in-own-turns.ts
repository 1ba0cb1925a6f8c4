/**
 * Loads a bundle between two turns of the event loop: together with what asked for it and with what is done with it, it
 * would hold up the editor for longer than any of them.
 */
export async function inOwnTurns<T>(load: () => Promise<T>): Promise<T> {
  await nextRound();
  const loaded = await load();
  await nextRound();
  return loaded;
}

/** Ends when everything that waits had its turn; with an immediate alone that would not be so for timers. */
function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setTimeout(resolve, 0));
  });
}

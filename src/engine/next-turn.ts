/**
 * Ends when whatever waits now has had its turn. Not that of `node:timers/promises`, which nothing else in a run needs: it
 * is a part of Node to load, and to compile where flags were set before.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

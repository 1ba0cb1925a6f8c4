/**
 * 104 bits by chance as 26 hex digits: a name that nobody else draws, here or on another machine. No secret. Not by
 * `node:crypto`, which takes 5 ms to load: of a run nothing else needs it.
 */
export function uniqueName(): string {
  return draw() + draw();
}

/** The engine seeds its numbers from the system's own chance, anew for each process. */
function draw(): string {
  return Math.floor(Math.random() * 2 ** 52)
    .toString(16)
    .padStart(13, '0');
}

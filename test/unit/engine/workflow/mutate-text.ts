/** Numbers from a seed, the same on every machine (a linear congruential generator). */
export class SeededNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}

const pieces = [
  ...[' ', '  ', '\n', '\n\n', '\n  ', '\n    ', '\t', '\r\n', '\r', '\0', '\u00a0', '\u2028'],
  ...[':', ': ', '- ', '#', ' #', '"', "'", '{', '}', '[', ']', ',', '|', '|-', '>', '>-', '?'],
  ...['&a ', '*a', '!', '!!str ', '%', '---\n', '...\n', '<<: ', '@', '`', '\\', '~', 'null'],
  ...['0', '1e3', '0x1', '-', '.', 'a', 'é', '🚀', '\ud800', '__proto__', 'needs: ', 'tasks:\n'],
  ...['${{', '}}', '${{ inputs.a }}', '${{ tasks.a.outputs', "'${{ ", '((((', '.*.', '== '],
];

/** A text with one to four small changes: something put in, taken out, replaced or moved. */
export function mutateText(text: string, numbers: SeededNumbers): string {
  let changed = text;
  for (let change = numbers.below(4); change >= 0; change -= 1) {
    const at = numbers.below(changed.length + 1);
    const piece = pieces[numbers.below(pieces.length)] ?? '';
    const length = numbers.below(12);
    switch (numbers.below(4)) {
      case 0:
        changed = changed.slice(0, at) + piece + changed.slice(at);
        break;
      case 1:
        changed = changed.slice(0, at) + changed.slice(at + length);
        break;
      case 2:
        changed = changed.slice(0, at) + piece + changed.slice(at + piece.length);
        break;
      default:
        changed =
          changed.slice(0, at) + changed.slice(at, at + length).repeat(2) + changed.slice(at);
        break;
    }
  }
  return changed;
}

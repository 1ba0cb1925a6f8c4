/** Colours a text for the terminal, or leaves it alone. */
export type PaintStyle = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'magenta';

export type Paint = (style: PaintStyle, text: string) => string;

const codes: Readonly<Record<PaintStyle, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** A paint that colours, or one that does nothing. */
export function createPaint(hasColors: boolean): Paint {
  if (!hasColors) return (_style, text) => text;
  return (style, text) => {
    const [open, close] = codes[style];
    return text === '' ? '' : `\u001b[${String(open)}m${text}\u001b[${String(close)}m`;
  };
}

/**
 * Whether to colour: never with NO_COLOR (any text that is not empty), always with FORCE_COLOR (unless `0`),
 * otherwise on a terminal that is not dumb.
 */
export function wantsColors(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

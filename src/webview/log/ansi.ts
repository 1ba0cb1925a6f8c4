/** A colour of the theme's sixteen, or one that is given as red, green and blue. */
export type AnsiColour = number | `rgb(${number}, ${number}, ${number})`;

/** How a part of a line is drawn, as a terminal would. */
export interface AnsiStyle {
  readonly fg: AnsiColour | null;
  readonly bg: AnsiColour | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isStruck: boolean;
  readonly isInverse: boolean;
}

/** A part of a line in one style. */
export interface LogRun {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** No style at all. */
export const plainStyle: AnsiStyle = {
  fg: null,
  bg: null,
  isBold: false,
  isDim: false,
  isItalic: false,
  isUnderlined: false,
  isStruck: false,
  isInverse: false,
};

/**
 * One line as a terminal would show it in the end: colours are kept, every other control sequence is dropped, and what was
 * written over by a carriage return is gone. `style` is what the line before left; `end` is for the next one.
 */
export function parseLine(
  raw: string,
  style: AnsiStyle,
): { readonly runs: readonly LogRun[]; readonly end: AnsiStyle } {
  const line = raw.replace(/\r+$/, '');
  if (!special.test(line)) {
    return { runs: line === '' ? [] : [{ text: line, style }], end: style };
  }
  let runs: LogRun[] = [];
  let now = style;
  const add = (text: string): void => {
    const shown = text.replace(controls, '');
    if (shown === '') return;
    const last = runs.at(-1);
    if (last?.style === now) runs[runs.length - 1] = { text: last.text + shown, style: now };
    else runs.push({ text: shown, style: now });
  };
  let at = 0;
  for (const match of line.matchAll(sequences)) {
    add(line.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0] === '\r') runs = [];
    else if (match[1] !== undefined) now = applySgr(now, match[1]);
  }
  add(line.slice(at));
  return { runs, end: now };
}

/** The text of runs. */
export function textOf(runs: readonly LogRun[]): string {
  return runs.map(({ text }) => text).join('');
}

const special = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f]');
/** A carriage return; colours (with their numbers); other CSI and OSC sequences; two-character escapes. */
const sequences = new RegExp(
  [
    '\\r',
    '\\u001b\\[([0-9;:]*)m',
    '\\u001b\\[[0-9;:?<=>]*[ -/]*[@-~]',
    '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)',
    '\\u001b[@-Z\\\\-_78=>]',
  ].join('|'),
  'g',
);
/** Other control characters but tab. */
const controls = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f]', 'g');

function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(at + 1));
      style = code === 38 ? { ...style, fg: colour } : { ...style, bg: colour };
      at += used;
    } else {
      style = applyCode(style, code);
    }
  }
  return isSame(style, before) ? before : style;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 100 + 8 };
  switch (code) {
    case 0:
      return plainStyle;
    case 1:
      return { ...style, isBold: true };
    case 2:
      return { ...style, isDim: true };
    case 3:
      return { ...style, isItalic: true };
    case 4:
      return { ...style, isUnderlined: true };
    case 7:
      return { ...style, isInverse: true };
    case 9:
      return { ...style, isStruck: true };
    case 22:
      return { ...style, isBold: false, isDim: false };
    case 23:
      return { ...style, isItalic: false };
    case 24:
      return { ...style, isUnderlined: false };
    case 27:
      return { ...style, isInverse: false };
    case 29:
      return { ...style, isStruck: false };
    case 39:
      return { ...style, fg: null };
    case 49:
      return { ...style, bg: null };
    default:
      return style;
  }
}

/** `5;n` or `2;r;g;b`; what is malformed is no colour. */
function extendedColour(codes: readonly number[]): {
  readonly colour: AnsiColour | null;
  readonly used: number;
} {
  const [kind, ...rest] = codes;
  if (kind === 5) return { colour: paletteColour(byteOf(rest[0])), used: 2 };
  if (kind === 2) {
    return { colour: rgb(byteOf(rest[0]), byteOf(rest[1]), byteOf(rest[2])), used: 4 };
  }
  return { colour: null, used: codes.length };
}

function paletteColour(index: number): AnsiColour {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = (index - 232) * 10 + 8;
    return rgb(grey, grey, grey);
  }
  const cube = index - 16;
  const step = (value: number): number => (value === 0 ? 0 : value * 40 + 55);
  return rgb(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

function rgb(red: number, green: number, blue: number): AnsiColour {
  return `rgb(${red}, ${green}, ${blue})`;
}

function byteOf(value: number | undefined): number {
  return value === undefined || !Number.isFinite(value) ? 0 : Math.min(255, Math.max(0, value));
}

function isSame(one: AnsiStyle, other: AnsiStyle): boolean {
  return (Object.keys(one) as (keyof AnsiStyle)[]).every((key) => one[key] === other[key]);
}

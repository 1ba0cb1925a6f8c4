/** What a stretch of YAML leads up to. */
export interface LineScan {
  /** Keys on the way, from the first one of the stretch. */
  readonly path: readonly string[];
  /** True where a key is being written, false for a value. */
  readonly isKey: boolean;
  readonly isFlow: boolean;
  /** In `[ ]`. */
  readonly isItem: boolean;
  /** Keys that the innermost `{ }` has so far. */
  readonly keys: readonly string[];
  /** Items that the innermost `[ ]` has so far. */
  readonly items: readonly string[];
  /** Where the key or value starts, behind its opening quote. */
  readonly tokenStart: number;
}

interface Frame {
  readonly kind: 'line' | 'map' | 'list';
  key: string | null;
  readonly keys: string[];
  readonly items: string[];
  /** Start of the token under way. */
  from: number;
}

/** Reads a key with its value, which may be a `{ }` or `[ ]` over several lines, up to an offset. Null: a comment. */
export function scanLine(text: string, from: number, to: number): LineScan | null {
  const frames: Frame[] = [newFrame('line', from)];
  let quoteAt: number | null = null;
  let at = from;
  while (at < to) {
    const frame = frames[frames.length - 1];
    if (frame === undefined) return null;
    const found = text.charAt(at);
    const isEmpty = text.slice(frame.from, at).trim() === '';
    if (found === '#' && (at === from || /\s/.test(text.charAt(at - 1)))) {
      const newline = text.indexOf('\n', at);
      if (newline === -1 || newline >= to) return null;
      at = newline + 1;
      if (isEmpty) frame.from = at;
      continue;
    }
    if (isEmpty && (found === '"' || found === "'")) {
      const close = closeOfQuote(text, at, found);
      if (close === -1 || close >= to) {
        quoteAt = at;
        break;
      }
      at = close + 1;
      continue;
    }
    if (text.startsWith('${{', at)) {
      const close = text.indexOf('}}', at);
      if (close === -1 || close + 2 > to) break;
      at = close + 2;
      continue;
    }
    at += 1;
    step(text, at, found, isEmpty, frames);
  }
  return describe(text, frames, quoteAt, to);
}

/** One character; `at` is the offset behind it. */
function step(text: string, at: number, found: string, isEmpty: boolean, frames: Frame[]): void {
  const frame = frames[frames.length - 1];
  if (frame === undefined) return;
  const isFlow = frame.kind !== 'line';
  const canHaveKey = frame.kind !== 'list' && frame.key === null;
  if (found === ':' && canHaveKey && /^(?:\s|$)/.test(text.charAt(at))) {
    frame.key = unquote(text.slice(frame.from, at - 1));
    frame.keys.push(frame.key);
    frame.from = at;
  } else if ((found === '{' || found === '[') && isEmpty) {
    frames.push(newFrame(found === '{' ? 'map' : 'list', at));
  } else if (isFlow && found === ',') {
    endToken(text, frame, at);
  } else if (isFlow && (found === '}' || found === ']')) {
    frames.pop();
    const outer = frames[frames.length - 1];
    // What was closed is the value of the outer one; nothing may be written behind it.
    if (outer !== undefined) outer.from = at - 1;
  }
}

function endToken(text: string, frame: Frame, at: number): void {
  const token = unquote(text.slice(frame.from, at - 1));
  if (frame.kind === 'list' && token !== '') frame.items.push(token);
  frame.key = null;
  frame.from = at;
}

function describe(
  text: string,
  frames: readonly Frame[],
  quoteAt: number | null,
  to: number,
): LineScan | null {
  const top = frames[frames.length - 1];
  if (top === undefined) return null;
  let tokenStart = quoteAt === null ? top.from : quoteAt + 1;
  if (quoteAt === null) {
    while (tokenStart < to && /\s/.test(text.charAt(tokenStart))) tokenStart += 1;
  }
  return {
    path: frames.flatMap(({ key }) => (key === null ? [] : [key])),
    isKey: top.kind !== 'list' && top.key === null,
    isFlow: top.kind !== 'line',
    isItem: top.kind === 'list',
    keys: top.key === null ? top.keys : top.keys.slice(0, -1),
    items: top.items,
    tokenStart,
  };
}

function newFrame(kind: Frame['kind'], from: number): Frame {
  return { kind, key: null, keys: [], items: [], from };
}

function closeOfQuote(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const found = text.charAt(at);
    if (found === '\n') return -1;
    if (quote === '"' && found === '\\') at += 1;
    else if (found === quote) {
      if (quote === "'" && text.charAt(at + 1) === "'") at += 1;
      else return at;
    }
  }
  return -1;
}

function unquote(token: string): string {
  const trimmed = token.trim();
  return /^(["']).*\1$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

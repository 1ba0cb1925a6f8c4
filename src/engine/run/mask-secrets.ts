/** What stands in the place of a secret. */
const stars = '***';

/** Replaces secrets in a stream of bytes; one for each stream, since it keeps what may be half a secret. */
export interface SecretMask {
  /** The bytes that are surely free of secrets; the rest waits for the next call. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was kept back. */
  end(): Uint8Array;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The words to hide: every value, and every line of a value of several lines. Longest first, none twice. */
export function secretWords(values: Iterable<string>): readonly string[] {
  const words = new Set<string>();
  for (const value of values) {
    for (const word of [value, ...value.split(/\r?\n/)]) {
      // A blank or a single letter is no secret: hiding it would only destroy the text.
      if (word.trim().length > 1) words.add(word);
    }
  }
  return [...words].sort((a, b) => b.length - a.length);
}

/** Replaces secrets in a whole text. */
export function maskText(text: string, words: readonly string[]): string {
  if (!words.some((word) => text.includes(word))) return text;
  const mask = createSecretMask(words);
  return Buffer.concat([mask.push(Buffer.from(text)), mask.end()]).toString('utf8');
}

/**
 * Hides the secrets of `bytes` that start before `safeEnd`; the first `covered` ones belong to a secret whose stars are
 * written. Null when there was none.
 */
export type HideSecrets = (
  bytes: Uint8Array,
  safeEnd: number,
  covered: number,
) => {
  /** What stands in the place of the bytes before `safeEnd`. */
  readonly masked: Uint8Array;
  /** How many bytes behind `safeEnd` belong to a secret whose stars are written. */
  readonly covered: number;
} | null;

/** What is masked at once at most, the beginning of a secret before it apart: what Node reads from a pipe. */
export const pieceBytes = 65_536;

/** So many secrets are looked for one after the other in what is not likely to have any. */
const fewSecrets = 4;

/**
 * A mask for one stream. Secrets that overlap become one `***`, also when they are split over chunks.
 * Only bytes that may be the beginning of a secret wait, so a log stays live. For much output `OutputMasks` has a
 * quicker `hide`.
 */
export function createSecretMask(
  words: readonly string[],
  hide: HideSecrets = hidingInText(words),
): SecretMask {
  const secrets = words.map((word) => Buffer.from(word));
  let kept: Buffer = Buffer.alloc(0);
  let covered = 0;
  let hadSecret = false;

  const write = (isEnd: boolean, piece: Uint8Array): Uint8Array => {
    const bytes =
      kept.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
        : Buffer.concat([kept, piece]);
    const safeEnd = isEnd ? bytes.length : startOfBeginning(bytes, secrets);
    kept = bytes.subarray(safeEnd);
    const isUnlikely = covered === 0 && !hadSecret && secrets.length <= fewSecrets;
    const mayHave = !isUnlikely || secrets.some((secret) => bytes.includes(secret));
    const hidden = mayHave ? hide(bytes, safeEnd, covered) : null;
    const result = hidden?.masked ?? bytes.subarray(covered, safeEnd);
    hadSecret = hidden !== null;
    covered = hidden?.covered ?? 0;
    return result;
  };

  return {
    push: (chunk) => {
      if (chunk.length <= pieceBytes) return write(false, chunk);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        pieces.push(write(false, chunk.subarray(at, at + pieceBytes)));
      }
      return Buffer.concat(pieces);
    },
    end: () => write(true, new Uint8Array()),
  };
}

function hidingInText(words: readonly string[]): HideSecrets {
  // A character a byte: searching and joining text takes a fraction of the time of doing so with bytes.
  const texts = words.map((word) => Buffer.from(word).toString('latin1'));
  return (bytes, safeEnd, covered) => {
    const text = Buffer.from(bytes).toString('latin1');
    const places = texts.flatMap((secret) => placesOf(secret, text, safeEnd));
    if (places.length === 0 && covered === 0) return null;
    const between: string[] = [];
    let coveredEnd = covered;
    for (const { start, end } of places.sort((a, b) => a.start - b.start)) {
      if (start >= coveredEnd) between.push(text.slice(coveredEnd, start));
      coveredEnd = Math.max(coveredEnd, end);
    }
    between.push(text.slice(Math.min(coveredEnd, safeEnd), safeEnd));
    return {
      masked: Buffer.from(between.join(stars), 'latin1'),
      covered: Math.max(0, coveredEnd - safeEnd),
    };
  };
}

/** Where a secret stands in a text, as far as it starts before `safeEnd`; it may overlap itself. */
function placesOf(secret: string, text: string, safeEnd: number): readonly Place[] {
  const places: Place[] = [];
  let start = text.indexOf(secret);
  for (; start !== -1 && start < safeEnd; start = text.indexOf(secret, start + 1)) {
    places.push({ start, end: start + secret.length });
  }
  return places;
}

/** Where the longest end of the bytes starts that is the beginning of a secret. */
function startOfBeginning(bytes: Buffer, secrets: readonly Buffer[]): number {
  let start = bytes.length;
  for (const secret of secrets) {
    const longest = Math.min(secret.length - 1, bytes.length);
    for (let length = longest; length > bytes.length - start; length -= 1) {
      const from = bytes.length - length;
      if (bytes[from] === secret[0] && bytes.compare(secret, 0, length, from) === 0) {
        start = from;
        break;
      }
    }
  }
  return start;
}

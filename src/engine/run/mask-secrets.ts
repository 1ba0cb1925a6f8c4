/** What stands in the place of a secret. */
const stars = Buffer.from('***');

/** Replaces secrets in a stream of bytes; one for each stream, since it keeps what may be half a secret. */
export interface SecretMask {
  /** The bytes that are surely free of secrets; the rest waits for the next call. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was kept back. */
  end(): Uint8Array;
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
 * A mask for one stream. Secrets that overlap become one `***`, also when they are split over chunks.
 * Only bytes that may be the beginning of a secret wait, so a log stays live.
 */
export function createSecretMask(words: readonly string[]): SecretMask {
  const secrets = words.map((word) => Buffer.from(word));
  let kept: Buffer = Buffer.alloc(0);
  /** How many of the kept bytes belong to a secret whose stars are written already. */
  let covered = 0;

  const write = (isEnd: boolean, chunk: Uint8Array): Uint8Array => {
    const bytes =
      kept.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        : Buffer.concat([kept, chunk]);
    const safeEnd = isEnd ? bytes.length : startOfBeginning(bytes, secrets);
    const found = findSecrets(bytes, secrets);
    if (found.length === 0 && covered === 0) {
      kept = bytes.subarray(safeEnd);
      return bytes.subarray(0, safeEnd);
    }
    const parts: Uint8Array[] = [];
    let written = Math.min(covered, safeEnd);
    let coveredEnd = covered;
    for (const { start, end } of found) {
      if (start >= safeEnd) break;
      if (start >= coveredEnd) {
        parts.push(bytes.subarray(written, start), stars);
      }
      written = Math.min(end, safeEnd);
      coveredEnd = Math.max(coveredEnd, end);
    }
    if (written < safeEnd) parts.push(bytes.subarray(written, safeEnd));
    kept = bytes.subarray(safeEnd);
    covered = Math.max(0, coveredEnd - safeEnd);
    return Buffer.concat(parts);
  };

  return {
    push: (chunk) => write(false, chunk),
    end: () => write(true, new Uint8Array()),
  };
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/** All places of secrets, in order; those that overlap are one. */
function findSecrets(bytes: Buffer, secrets: readonly Buffer[]): readonly Found[] {
  const all: Found[] = [];
  for (const secret of secrets) {
    // One byte further after a hit, not a whole secret: it may overlap itself.
    for (let at = bytes.indexOf(secret); at !== -1; at = bytes.indexOf(secret, at + 1)) {
      all.push({ start: at, end: at + secret.length });
    }
  }
  if (all.length < 2) return all;
  all.sort((a, b) => a.start - b.start);
  const merged: Found[] = [];
  for (const found of all) {
    const last = merged.at(-1);
    if (last === undefined || found.start >= last.end) merged.push(found);
    else if (found.end > last.end)
      merged[merged.length - 1] = { start: last.start, end: found.end };
  }
  return merged;
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

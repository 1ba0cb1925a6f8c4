/** What stands in the place of a secret. */
const stars = '***';

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
  const texts = secrets.map((secret) => secret.toString('latin1'));
  const simple = new Set(texts.filter((text) => !canOverlapItself(text)));
  let kept: Buffer = Buffer.alloc(0);
  /** How many of the kept bytes belong to a secret whose stars are written already. */
  let covered = 0;

  const write = (isEnd: boolean, chunk: Uint8Array): Uint8Array => {
    const bytes =
      kept.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        : Buffer.concat([kept, chunk]);
    const safeEnd = isEnd ? bytes.length : startOfBeginning(bytes, secrets);
    kept = bytes.subarray(safeEnd);
    const present = texts.filter((_, index) => bytes.includes(secrets[index] ?? ''));
    if (covered === 0 && present.length === 0) return bytes.subarray(0, safeEnd);
    // A character a byte: searching and joining text takes a fraction of the time of doing so with bytes.
    const text = bytes.toString('latin1');
    const [only = ''] = present;
    const isSimple = covered === 0 && present.length === 1 && simple.has(only);
    if (isSimple && text.lastIndexOf(only) + only.length <= safeEnd) {
      // Without a loop of our own: several times as quick, and the usual case.
      return Buffer.from(text.slice(0, safeEnd).split(only).join(stars), 'latin1');
    }
    const places = new Places(text, present);
    const between: string[] = [];
    let coveredEnd = covered;
    for (let start = places.start; start < safeEnd; start = places.start) {
      if (start >= coveredEnd) between.push(text.slice(Math.min(coveredEnd, safeEnd), start));
      coveredEnd = Math.max(coveredEnd, places.end);
      places.next();
    }
    between.push(text.slice(Math.min(coveredEnd, safeEnd), safeEnd));
    covered = Math.max(0, coveredEnd - safeEnd);
    return Buffer.from(between.join(stars), 'latin1');
  };

  return {
    push: (chunk) => write(false, chunk),
    end: () => write(true, new Uint8Array()),
  };
}

/** Whether it begins as it ends, so that two of it may share characters. */
function canOverlapItself(text: string): boolean {
  for (let length = 1; length < text.length; length += 1) {
    if (text.startsWith(text.slice(-length))) return true;
  }
  return false;
}

/** The places of all secrets in a text, by where they start; they may overlap. */
class Places {
  readonly #text: string;
  readonly #secrets: readonly string[];
  /** Where each secret is found next. */
  readonly #starts: number[];
  #first = 0;

  constructor(text: string, secrets: readonly string[]) {
    this.#text = text;
    this.#secrets = secrets;
    this.#starts = secrets.map((_, index) => this.#find(index, 0));
    this.#choose();
  }

  /** Infinity behind the last one. */
  get start(): number {
    return this.#starts[this.#first] ?? Infinity;
  }

  get end(): number {
    return this.start + (this.#secrets[this.#first]?.length ?? 0);
  }

  next(): void {
    // One character further, not a whole secret: it may overlap itself.
    this.#starts[this.#first] = this.#find(this.#first, this.start + 1);
    this.#choose();
  }

  #find(index: number, from: number): number {
    const at = this.#text.indexOf(this.#secrets[index] ?? '', from);
    return at === -1 ? Infinity : at;
  }

  #choose(): void {
    let first = 0;
    for (let index = 1; index < this.#starts.length; index += 1) {
      if ((this.#starts[index] ?? Infinity) < (this.#starts[first] ?? Infinity)) first = index;
    }
    this.#first = first;
  }
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

import { pieceBytes, type HideSecrets } from './mask-secrets.ts';

/** mask-program.wat, assembled by wabt and in base64; a test says what it has to be. */
export const maskProgram =
  'AGFzbQEAAAABDAFgB39/f39/f38BfwIQAQRtYXNrBm1lbW9yeQIAAQMCAQAGBgF/AUEACwcSAgdjb3ZlcmVkAwAEbWFzaw' +
  'AACp0DAZoDAQd/IAEhByAGIQggAyAEayEJAkADQCAAIAlKDQEgACAEakECay8BAC0AACEKIAoEQCAAIApqIQAMAQsgACAC' +
  'Tg0BIAUhCwJAA0AgCygCACEMIAxFBEAgAEEBaiEADAMLIAtBBGohCwJAIAAgDGogA0oNAEEAIQ0CQANAIA1BCGogDEoNAS' +
  'AAIA1qKQMAIAsgDWopAwBSDQIgDUEIaiENDAALCyANIAxGDQIgACANaikDACALIA1qKQMAhUEIIAwgDWtrQQN0rYZQDQIL' +
  'IAsgDGohCwwACwsgACAMaiENIAAgAU4EQAJAA0AgASAATg0BIAYgASkDADcDACABQQhqIQEgBkEIaiEGDAALCyAGIAEgAG' +
  'trIQYgBkGq1KgBNgIAIAZBA2ohBiANIQELIA0gAUoEQCANIQELIABBAWohAAwACwtBACQAIAEgAk4EQCABIAJrJAAgBiAI' +
  'aw8LIAEgB0YEQEF/DwsCQANAIAEgAk4NASAGIAEpAwA3AwAgAUEIaiEBIAZBCGohBgwACwsgBiABIAJrayAIaws=';

/** Where the table of pairs ends and the secrets begin. */
const secretsAt = 65_536;

/** Eight bytes are read and written at a time. */
const slack = 8;

/** What Node has of WebAssembly, as far as it is used here; nothing where V8 may make no code. */
declare const WebAssembly:
  | {
      readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: object) => { readonly exports: object };
    }
  | undefined;

interface MaskExports {
  readonly covered: { readonly value: number };
  readonly mask: (
    at: number,
    from: number,
    safeEnd: number,
    end: number,
    shortest: number,
    secret: number,
    out: number,
  ) => number;
}

/** The program, with a memory, made ready for these secrets; null where this process cannot have it. */
export function hidingByProgram(words: readonly string[]): HideSecrets | null {
  const secrets = words.map((word) => Buffer.from(word)).sort((a, b) => b.length - a.length);
  const longest = secrets[0]?.length ?? 0;
  const shortest = secrets.at(-1)?.length ?? 0;
  if (typeof WebAssembly === 'undefined' || shortest < 2) return null;
  const inputAt = secrets.reduce((end, { length }) => end + 4 + length, secretsAt + 4 + slack);
  const inputBytes = longest + pieceBytes;
  const outAt = inputAt + inputBytes + slack;
  // Three stars for two bytes is the most that a result can be longer.
  const bytes = outAt + Math.ceil(inputBytes * 1.5) + slack;
  let memory: Buffer;
  let exports: MaskExports;
  try {
    const pages = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
    const module = new WebAssembly.Module(Buffer.from(maskProgram, 'base64'));
    exports = new WebAssembly.Instance(module, { mask: { memory: pages } }).exports as MaskExports;
    memory = Buffer.from(pages.buffer);
  } catch {
    // A process whose address space is limited gets no such memory.
    return null;
  }
  writeTable(memory, secrets, shortest);
  return (piece, safeEnd, covered) => {
    memory.set(piece, inputAt);
    const length = exports.mask(
      inputAt,
      inputAt + covered,
      inputAt + safeEnd,
      inputAt + piece.length,
      shortest,
      secretsAt,
      outAt,
    );
    // The memory is that of all streams, so nothing of it is given away.
    if (length === -1) return null;
    const masked = Buffer.from(memory.subarray(outAt, outAt + length));
    return { masked, covered: exports.covered.value };
  };
}

/** What mask-program.wat reads at the beginning of its memory. */
function writeTable(memory: Buffer, secrets: readonly Uint8Array[], shortest: number): void {
  const farthest = 255;
  memory.fill(Math.min(shortest - 1, farthest), 0, secretsAt);
  let at = secretsAt;
  for (const secret of secrets) {
    at = memory.writeUInt32LE(secret.length, at);
    memory.set(secret, at);
    for (let first = 0; first + 1 < shortest; first += 1) {
      const pair = memory.readUInt16LE(at + first);
      const skip = Math.min(shortest - 2 - first, farthest);
      memory[pair] = Math.min(memory[pair] ?? 0, skip);
    }
    at += secret.length;
  }
  memory.writeUInt32LE(0, at);
}

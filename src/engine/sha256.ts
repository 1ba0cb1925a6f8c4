/** What takes longer here than loading `node:crypto`. */
const maxOwnBytes = 16 * 1024;

/**
 * The SHA-256 of some bytes in hex. Of few bytes it is made here: loading `node:crypto` takes 5 ms, a tenth of what a
 * run of one task has above an empty process.
 */
export function sha256(bytes: Uint8Array): string {
  if (bytes.length <= maxOwnBytes) return ownSha256(bytes);
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');
}

/** As FIPS 180-4 has it, with its names. Written out: it runs once, so nothing of it is ever optimized. */
function ownSha256(bytes: Uint8Array): string {
  const { k, h } = constants();
  const hash = Int32Array.from(h);
  const w = new Int32Array(64);
  const message = padded(bytes);
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let t = 0; t < 16; t += 1) w[t] = message.getInt32(block + t * 4);
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 2] as number;
      const y = w[t - 15] as number;
      const s1 = ((x >>> 17) | (x << 15)) ^ ((x >>> 19) | (x << 13)) ^ (x >>> 10);
      const s0 = ((y >>> 7) | (y << 25)) ^ ((y >>> 18) | (y << 14)) ^ (y >>> 3);
      w[t] = s1 + (w[t - 7] as number) + s0 + (w[t - 16] as number);
    }
    mix(hash, w, k);
  }
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function mix(hash: Int32Array, w: Int32Array, k: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + (k[t] as number) + (w[t] as number);
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    hash[index] = (hash[index] as number) + word;
  }
}

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 4, bytes.length * 8);
  return view;
}

/** The first bits of the fractions of the roots of the first primes: square roots to start with, cube roots for rounds. */
function constants(): { readonly k: Int32Array; readonly h: Int32Array } {
  const primes = [2];
  for (let next = 3; primes.length < 64; next += 2) {
    if (primes.every((prime) => next % prime !== 0)) primes.push(next);
  }
  return {
    k: Int32Array.from(primes, (prime) => (Math.cbrt(prime) % 1) * 2 ** 32),
    h: Int32Array.from(primes.slice(0, 8), (prime) => (Math.sqrt(prime) % 1) * 2 ** 32),
  };
}

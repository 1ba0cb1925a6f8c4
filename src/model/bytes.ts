const units: readonly (readonly [string, number])[] = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
];

/** A size in words: `812 bytes`, `1.4 KB`, `35 MB`, `2.1 GB`; a thousand of one is one of the next. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of units) {
    // 999.6 KB would be written as 1000 KB.
    if (bytes < size * 0.9995) continue;
    const value = bytes / size;
    return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))} ${unit}`;
  }
  return bytes === 1 ? '1 byte' : `${String(bytes)} bytes`;
}

/** `500MB`, `2 GB`, `1.5g`, `800` (bytes) as bytes; null when it is no size. */
export function parseBytes(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim());
  if (match === null) return null;
  const power = ' kmgt'.indexOf((match[2] ?? '').toLowerCase() || ' ');
  return Math.round(Number(match[1]) * 1000 ** power);
}

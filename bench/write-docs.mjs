// Puts what was measured into docs/performance.md, between two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '../docs/performance.md');

/**
 * Replaces what stands between `<!-- name: begin -->` and `<!-- name: end -->`; throws where a mark is missing.
 * @param {string} name
 * @param {string} text
 */
export function writeDocs(name, text) {
  const before = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no ${begin} … ${end}`);
  writeFileSync(
    file,
    `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`,
  );
  console.error(`wrote the part "${name}" of docs/performance.md`);
}

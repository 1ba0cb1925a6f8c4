import type { Look } from '../drawing/describe-status.ts';
import { cleanLine } from '../drawing/text-width.ts';
import type { Finding } from '../../engine/diagnosing/finding.ts';

/** The findings in words, advice below, and a last line that counts. */
export function renderFindings(findings: readonly Finding[], look: Look): string[] {
  const { paint, glyphs } = look;
  const signs = {
    fine: paint('green', glyphs.succeeded),
    note: paint('blue', glyphs.waiting),
    repaired: paint('green', glyphs.retrying),
    problem: paint('red', glyphs.failed),
  } as const;
  const lines = findings.flatMap(({ level, message, advice }) => [
    `${signs[level]} ${level === 'repaired' ? 'repaired: ' : ''}${cleanLine(message)}`,
    ...(advice === null ? [] : [paint('dim', `    ${cleanLine(advice)}`)]),
  ]);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const last =
    problems === 0
      ? 'All is well.'
      : `${String(problems)} ${problems === 1 ? 'problem needs' : 'problems need'} attention.`;
  return [...lines, '', last];
}

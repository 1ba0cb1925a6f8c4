import type { Finding } from '../../engine/diagnosing/finding.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** One line for the log channel. */
export interface FindingLine {
  readonly level: 'info' | 'warn';
  readonly text: string;
}

/** The findings as lines. Advice that names the command line's repair is meant for a terminal. */
export function describeFindings(findings: readonly Finding[]): readonly FindingLine[] {
  return findings.map(({ level, message, advice }) => {
    const repaired = level === 'repaired' ? 'repaired: ' : '';
    const more = advice === null || isRepairAdvice(advice) ? '' : ` ${advice}`;
    return {
      level: level === 'problem' ? 'warn' : 'info',
      text: `  ${repaired}${message}.${more}`,
    };
  });
}

/** One sentence, and whether there is something that a repair would mend. */
export function summarizeFindings(
  findings: readonly Finding[],
  t: Translate = inEnglish,
): {
  readonly text: string;
  readonly canRepair: boolean;
  readonly isWell: boolean;
} {
  const count = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  const [problems, repaired] = [count('problem'), count('repaired')];
  const canRepair = findings.some(({ advice }) => advice !== null && isRepairAdvice(advice));
  const done =
    repaired === 0
      ? ''
      : `${repaired === 1 ? t('1 thing was repaired.') : t('{0} things were repaired.', repaired)} `;
  const [first] = findings.filter(({ level }) => level === 'problem');
  if (first === undefined) {
    const rest = canRepair
      ? t('The state folder is well; leftovers can be removed.')
      : t('The state folder is well.');
    return { text: `${done}${rest}`, canRepair, isWell: true };
  }
  const more = problems === 1 ? '' : ` (${t('and {0} more', problems - 1)})`;
  return {
    text: `${done}${t('State folder: {0}', `${first.message}${more}`)}.`,
    canRepair,
    isWell: false,
  };
}

function isRepairAdvice(advice: string): boolean {
  return advice.includes('doctor --fix');
}

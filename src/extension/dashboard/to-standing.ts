import type { Standing } from '../../protocol/messages.ts';
import type { DashboardHost } from './dashboard-host.ts';
import { fitText } from './fit-text.ts';

/** How the last reading went; epoch milliseconds by the host's clock. */
export interface ReadingFacts {
  readonly nowMs: number;
  readonly readMs: number;
  /** What to say of the last refresh; null when it went well. */
  readonly problem: string | null;
}

/** The facts about the whole dashboard, cut to what fits beside rows. */
export function toStanding(
  source: Pick<DashboardHost, 'trouble' | 'isTrusted' | 'hasAgents'>,
  { nowMs, readMs, problem }: ReadingFacts,
): Standing {
  const trouble = source.trouble().map(({ folder, message, hint }) => ({
    folder: fitText(folder, 100),
    message: fitText(message, 300),
    hint: hint === undefined ? null : fitText(hint, 300),
  }));
  if (problem !== null) {
    trouble.push({ folder: '', message: fitText(problem, 300), hint: null });
  }
  return {
    nowMs,
    readMs,
    isTrusted: source.isTrusted(),
    hasAgents: source.hasAgents(),
    trouble: trouble.slice(0, 5),
  };
}

import type { VNode } from 'preact';
import type { AgentFigures } from '../../protocol/insights-messages.ts';
import { LastRuns } from './last-runs.tsx';
import { formatRate } from './format-rate.ts';
import { t } from '../language/page-language.ts';

/** The busiest agents, each with its last executions; a click narrows the list to it, and back. */
export function AgentStrip(props: {
  readonly agents: readonly AgentFigures[];
  /** Whole names: those of the figures may be cut. */
  readonly names: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (agent: string | null) => void;
}): VNode | null {
  const { agents, names, chosen, onChoose } = props;
  if (agents.length === 0) return null;
  return (
    <ul class="agent-strip" aria-label={t('Agents')}>
      {agents.slice(0, most).map((figures) => {
        const { successRate } = figures;
        const agent = wholeName(figures.agent, names);
        const isChosen = agent === chosen;
        return (
          <li key={agent}>
            <button
              type="button"
              class="figure agent-figure"
              aria-pressed={isChosen}
              title={t(
                '{0}: {1} success in 30 days; its last executions, as high as they took',
                agent,
                formatRate(successRate),
              )}
              onClick={() => onChoose(isChosen ? null : agent)}
            >
              <span class="figure-label">{agent}</span>
              <LastRuns figures={figures} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function wholeName(shown: string, names: readonly string[]): string {
  if (names.includes(shown)) return shown;
  return names.find((name) => name.startsWith(shown.slice(0, -1))) ?? shown;
}

/** More would not be seen beside each other. */
const most = 8;

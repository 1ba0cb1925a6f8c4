import type { VNode } from 'preact';
import type { AgentFigures } from '../../protocol/insights-messages.ts';
import { LastRuns } from './last-runs.tsx';
import { formatRate } from './format-rate.ts';

/** The busiest agents, each with its last executions; a click narrows the list to it, and back. */
export function AgentStrip(props: {
  readonly agents: readonly AgentFigures[];
  readonly chosen: string | null;
  readonly onChoose: (agent: string | null) => void;
}): VNode | null {
  const { agents, chosen, onChoose } = props;
  if (agents.length === 0) return null;
  return (
    <ul class="agent-strip" aria-label="Agents">
      {agents.slice(0, most).map((figures) => {
        const { agent, successRate } = figures;
        const isChosen = agent === chosen;
        return (
          <li key={agent}>
            <button
              type="button"
              class="figure agent-figure"
              aria-pressed={isChosen}
              title={`${agent}: ${formatRate(successRate)} success in 30 days; its last executions, as high as they took`}
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

/** More would not be seen beside each other. */
const most = 8;

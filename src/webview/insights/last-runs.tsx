import type { VNode } from 'preact';
import { maxLast, type AgentFigures } from '../../protocol/insights-messages.ts';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

const step = 6;
const height = 20;

/** The last executions of an agent, oldest first: as high as each took, in the colour of how it ended. */
export function LastRuns(props: {
  readonly figures: Pick<AgentFigures, 'lastMs' | 'lastResults'>;
}): VNode {
  const { lastMs, lastResults } = props.figures;
  const most = Math.max(1, ...lastMs);
  // A bar is of one width, whatever their number.
  const width = maxLast * step;
  const words = Array.from(lastResults);
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={describe(words)}>
      {lastMs.map((tookMs, index) => {
        const tall = 3 + (tookMs / most) * (height - 3);
        const result = words[index] ?? 'c';
        return (
          <rect
            key={index}
            class={`spark-${result}`}
            x={index * step}
            y={height - tall}
            width={step - 2}
            height={tall}
          >
            <title>{`${names[result] ?? result}, ${formatDuration(tookMs)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

const names: Readonly<Record<string, string>> = {
  s: t('Succeeded'),
  f: t('Failed'),
  c: t('Cancelled'),
};

function describe(results: readonly string[]): string {
  const count = (letter: string): number => results.filter((result) => result === letter).length;
  const parts = [t('{0} succeeded', count('s')), t('{0} failed', count('f'))];
  if (count('c') > 0) parts.push(t('{0} cancelled', count('c')));
  return t('The last {0}: {1}', results.length, parts.join(', '));
}

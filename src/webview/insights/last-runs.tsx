import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { maxLast, type AgentFigures } from '../../protocol/insights-messages.ts';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

const step = 6;
const height = 20;
// A bar is of one width, whatever their number.
const width = maxLast * step;

/**
 * The last executions of an agent, oldest first: as high as each took, in the colour of how it ended. A shape for each
 * colour instead of one for each bar, since the page shows many of them; the bar below the pointer is told in words.
 */
export function LastRuns(props: {
  readonly figures: Pick<AgentFigures, 'lastMs' | 'lastResults'>;
}): VNode {
  const { lastMs, lastResults } = props.figures;
  const [pointedAt, setPointedAt] = useState(-1);
  const tookMs = lastMs[pointedAt];
  const words = Array.from(lastResults);
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={describe(words)}
      onMouseMove={(event) => {
        const { left, width: shown } = event.currentTarget.getBoundingClientRect();
        setPointedAt(Math.floor(((event.clientX - left) / shown) * maxLast));
      }}
    >
      {tookMs !== undefined && (
        <title>{`${nameOf(words[pointedAt])}, ${formatDuration(tookMs)}`}</title>
      )}
      {Object.entries(drawBars(lastMs, words)).map(([result, bars]) => (
        <path key={result} class={`spark-${result}`} d={bars} />
      ))}
    </svg>
  );
}

/** The bars of each result as one shape. */
function drawBars(
  lastMs: readonly number[],
  results: readonly string[],
): Readonly<Record<string, string>> {
  const most = Math.max(1, ...lastMs);
  const shapes: Record<string, string> = {};
  for (const [index, tookMs] of lastMs.entries()) {
    const result = results[index] ?? 'c';
    const tall = (3 + (tookMs / most) * (height - 3)).toFixed(1);
    const bar = `M${String(index * step)},${String(height)}h${String(step - 2)}v-${tall}h${String(2 - step)}z`;
    shapes[result] = (shapes[result] ?? '') + bar;
  }
  return shapes;
}

function nameOf(result = 'c'): string {
  return names[result] ?? result;
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

import { createContext, type VNode } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { HostClock } from '../state/clock.ts';
import {
  agoStepMs,
  formatAgo,
  formatElapsed,
  formatFreshness,
  formatMoment,
} from '../state/format-time.ts';
import { describePace } from '../state/describe-pace.ts';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

const betweenTexts = '\n';

/** The clock that everything which ticks looks at. */
export const ClockContext = createContext<HostClock | null>(null);

/** The clock of the page. */
export function useClock(): HostClock {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error('there is no clock around this component');
  return clock;
}

/**
 * What `read` says now, looked at again with every tick; drawn again only when it says something else. `stepMs`: for how
 * long it goes on to say the same. `isOn` false: it says the same for good.
 */
export function useTicking(
  read: (nowMs: number) => string,
  stepMs?: (nowMs: number) => number,
  isOn = true,
): string {
  const clock = useClock();
  const [, setText] = useState('');
  useEffect(() => {
    if (!isOn) return undefined;
    const listener = clock.onTick(
      () => setText(read(clock.nowMs())),
      () => stepMs?.(clock.nowMs()) ?? 0,
    );
    return () => {
      listener.dispose();
    };
  });
  return read(clock.nowMs());
}

/** How long something took, or takes until now. */
export function Elapsed(props: { readonly startMs: number; readonly endMs: number | null }): VNode {
  return drawElapsed(props.startMs, props.endMs);
}

/** The same as text alone, for a cell. One component for both, so that the text of what ends stays where it is. */
export function ElapsedText(props: {
  readonly startMs: number;
  readonly endMs: number | null;
}): VNode {
  const { startMs, endMs } = props;
  const text = useTicking(
    (nowMs) => (endMs === null ? formatElapsed(nowMs - startMs) : formatDuration(endMs - startMs)),
    undefined,
    endMs === null,
  );
  return <>{text}</>;
}

/** The same, where nothing is to be mounted for what has ended. */
export function drawElapsed(startMs: number, endMs: number | null): VNode {
  if (endMs === null) return <Growing startMs={startMs} />;
  return <span class="number">{formatDuration(endMs - startMs)}</span>;
}

function Growing({ startMs }: { readonly startMs: number }): VNode {
  const text = useTicking((nowMs) => formatElapsed(nowMs - startMs));
  return <span class="number">{text}</span>;
}

/** How what is under way does beside what it usually takes. */
export function Slower(props: { readonly startMs: number; readonly usualMs: number }): VNode {
  const { startMs, usualMs } = props;
  const text = useTicking((nowMs) => describePace(nowMs - startMs, usualMs).words);
  const isSlow = describePace(useClock().nowMs() - startMs, usualMs).isSlow;
  return (
    <span class={`one-line number ${isSlow ? 'slow' : ''}`} title={text}>
      {isSlow && <Icon name="watch" />}
      {text}
    </span>
  );
}

/** How long until a moment; nothing once it is there. */
export function Until({ atMs }: { readonly atMs: number }): VNode {
  const text = useTicking((nowMs) =>
    atMs <= nowMs ? t('now') : t('in {0}', formatElapsed(atMs - nowMs + 999)),
  );
  return <span class="number">{text}</span>;
}

/** How long ago each of many things was. They listen to the clock as one, since each listener has its price. */
export function useAgos(moments: readonly (number | null)[]): readonly string[] {
  const texts = useTicking(
    (nowMs) =>
      moments.map((atMs) => (atMs === null ? '' : formatAgo(atMs, nowMs))).join(betweenTexts),
    (nowMs) =>
      Math.min(...moments.map((atMs) => (atMs === null ? Infinity : agoStepMs(atMs, nowMs)))),
  );
  return texts.split(betweenTexts);
}

/** How long ago something was. */
export function Ago({ atMs }: { readonly atMs: number }): VNode {
  const text = useTicking(
    (nowMs) => formatAgo(atMs, nowMs),
    (nowMs) => agoStepMs(atMs, nowMs),
  );
  return drawAgo(atMs, text);
}

/** A moment as how long ago it was. */
export function drawAgo(atMs: number, text: string): VNode {
  return (
    <time class="number" dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs)}>
      {text}
    </time>
  );
}

/** How old the picture is. It is asked for its age, since nothing else changes with that. */
export function Freshness({ readMs }: { readonly readMs: () => number }): VNode {
  const text = useTicking(
    (nowMs) => formatFreshness(nowMs - readMs()),
    (nowMs) => agoStepMs(readMs(), nowMs),
  );
  return (
    <span
      class="freshness number"
      onMouseEnter={({ currentTarget }) => {
        currentTarget.title = t('Last read: {0}', formatMoment(readMs()));
      }}
    >
      {text}
    </span>
  );
}

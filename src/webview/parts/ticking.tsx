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
 * long it goes on to say the same.
 */
export function useTicking(
  read: (nowMs: number) => string,
  isLive: boolean,
  stepMs?: (nowMs: number) => number,
): string {
  const clock = useClock();
  const [, setText] = useState('');
  useEffect(() => {
    if (!isLive) return undefined;
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
  const { startMs, endMs } = props;
  const text = useTicking(
    (nowMs) => (endMs === null ? formatElapsed(nowMs - startMs) : formatDuration(endMs - startMs)),
    endMs === null,
  );
  return <span class="number">{text}</span>;
}

/** How what is under way does beside what it usually takes. */
export function Slower(props: { readonly startMs: number; readonly usualMs: number }): VNode {
  const { startMs, usualMs } = props;
  const text = useTicking((nowMs) => describePace(nowMs - startMs, usualMs).words, true);
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
  const text = useTicking(
    (nowMs) => (atMs <= nowMs ? t('now') : t('in {0}', formatElapsed(atMs - nowMs + 999))),
    true,
  );
  return <span class="number">{text}</span>;
}

/** How long ago something was. */
export function Ago({ atMs }: { readonly atMs: number }): VNode {
  const text = useTicking(
    (nowMs) => formatAgo(atMs, nowMs),
    true,
    (nowMs) => agoStepMs(atMs, nowMs),
  );
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
    true,
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

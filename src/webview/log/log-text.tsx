import type { VNode } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { memo } from '../parts/memo.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { FindState } from '../state/log-model.ts';
import { restLine, startOf, type LogPiece, type LogState } from '../state/log-state.ts';
import type { FileLink } from './find-links.ts';
import { LogLineView } from './log-line.tsx';
import { t } from '../language/page-language.ts';
import { formatSize } from '../language/format.ts';

/** This near to an end of what is there, more is read. */
const nearPixels = 300;

/** The part of a log that was read; scrolling to its ends reads on. */
export function LogText(props: {
  readonly log: LogState;
  readonly find: FindState;
  readonly isFollowing: boolean;
  readonly model: DashboardModel;
}): VNode {
  const { log, find, isFollowing, model } = props;
  const box = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const firstBefore = useRef(startOf(log));
  const rest = restLine(log);
  const isEmpty = log.pieces.length === 0 && rest === null;
  const goal = find.goal;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const first = startOf(log);
    const isPushedDown = first < firstBefore.current && log.pieces.length > 1;
    firstBefore.current = first;
    // Whoever asks where things are has the page laid out at once: what is empty is at its top.
    if (isEmpty) {
      top.current = 0;
      return;
    }
    // What came on top pushed the rest down: the eyes stay where they are.
    if (isPushedDown) {
      const added = element.querySelector<HTMLElement>('.log-piece')?.offsetHeight ?? 0;
      element.scrollTop += added;
    } else if (isFollowing && log.isAttached) element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
    // A very long line may leave but a few whole ones in what was read: with nothing to scroll, nobody would read on.
    const { clientHeight, scrollHeight } = element;
    if (first > 0 && clientHeight > 0 && scrollHeight <= clientHeight) void model.log.loadBefore();
  }, [log, isFollowing]);
  useLayoutEffect(() => {
    const line = goal === null ? null : box.current?.querySelector('.log-line.goal');
    if (line === null || line === undefined) return;
    line.scrollIntoView({ block: 'center' });
    top.current = box.current?.scrollTop ?? 0;
  }, [goal?.turn]);
  const open = useCallback(
    ({ path, line, column }: FileLink) => void model.commands.openFile(path, line, column),
    [model],
  );
  const query = find.isOpen && find.kind === 'text' ? find.query.toLowerCase() : '';
  return (
    <div
      class="log-text"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={t('Text of the log')}
      onScroll={() => {
        const element = box.current;
        if (element === null) return;
        const { scrollTop, clientHeight, scrollHeight } = element;
        const isAtEnd = scrollTop + clientHeight >= scrollHeight - 4;
        // Only a person scrolls up; new text and a smaller pane move nothing upwards.
        const isUp = scrollTop < top.current - 1;
        top.current = scrollTop;
        if (isAtEnd && log.isAttached && !isFollowing) model.keepPlace({ isFollowing: true });
        else if (isUp && !isAtEnd && isFollowing) model.keepPlace({ isFollowing: false });
        if (isUp && scrollTop < nearPixels) void model.log.loadBefore();
        if (scrollTop + clientHeight > scrollHeight - nearPixels) void model.log.loadAfter();
      }}
    >
      {startOf(log) > 0 && (
        <p class="log-cut">
          <button type="button" class="link" onClick={() => void model.log.loadBefore()}>
            {t('Show earlier output')}
          </button>
          <span class="muted"> {t('{0} before this', formatSize(startOf(log)))}</span>
        </p>
      )}
      {isEmpty && (
        <p class="muted">{log.isOver ? t('There was no output.') : t('No output yet.')}</p>
      )}
      <pre>
        {log.pieces.map((piece, index) => (
          <PieceView
            key={piece.from}
            piece={piece}
            query={query}
            goal={goalIn(piece, index === log.pieces.length - 1, goal?.at ?? null)}
            onOpen={open}
          />
        ))}
        {rest !== null && (
          <LogLineView
            key="rest"
            line={rest}
            query={query}
            isGoal={goal !== null && goal.at >= rest.at}
            onOpen={open}
          />
        )}
      </pre>
    </div>
  );
}

const PieceView = memo<{
  readonly piece: LogPiece;
  readonly query: string;
  /** First byte of the line that was gone to, where it is in this piece. */
  readonly goal: number | null;
  readonly onOpen: (link: FileLink) => void;
}>(({ piece, query, goal, onOpen }): VNode => {
  const goalLine = goal === null ? undefined : piece.lines.findLast(({ at }) => at <= goal);
  return (
    <div class="log-piece">
      {piece.lines.map((line) => (
        <LogLineView
          key={line.at}
          line={line}
          query={query}
          isGoal={line === goalLine}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
});

function goalIn(piece: LogPiece, isLast: boolean, at: number | null): number | null {
  if (at === null || at < piece.from) return null;
  return at < piece.next || (isLast && at === piece.next && piece.lines.length > 0) ? at : null;
}

import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import type { DetailState } from '../state/detail-state.ts';
import { cleanLines, type LogState } from '../state/log-state.ts';
import { Button, Checkbox } from '../ui.ts';

/** The end of one attempt's log, growing as it grows. */
export function LogPane(props: {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, state, model } = props;
  const { log, logTask, view } = state;
  const task = detail.tasks.find((candidate) => candidate?.id === logTask);
  const attempts = task?.attempts.length ?? 0;
  return (
    <section class="log" aria-labelledby="log-title">
      <div class="log-head">
        <h3 id="log-title">
          Log{task === undefined ? '' : <span class="log-task"> {task.name}</span>}
          {attempts > 1 && log !== null && (
            <span class="muted">
              {' '}
              attempt {log.attempt} of {attempts}
            </span>
          )}
        </h3>
        {log !== null && (
          <>
            <Checkbox
              checked={view.isFollowing}
              onChange={(isFollowing) => model.keepPlace({ isFollowing })}
            >
              Follow
            </Checkbox>
            <Button
              appearance="icon"
              aria-label="Open full log"
              title="Open full log"
              onClick={() => void model.run('openLog', logTask, log.attempt)}
            >
              <Icon name="go-to-file" />
            </Button>
          </>
        )}
      </div>
      {log === null ? (
        <p class="log-none muted late">
          {task === undefined && detail.tasks.every((one) => one?.attempts.length === 0)
            ? 'No task has started yet.'
            : 'This task has no log.'}
        </p>
      ) : (
        <LogText log={log} isFollowing={view.isFollowing} model={model} />
      )}
    </section>
  );
}

function LogText(props: {
  readonly log: LogState;
  readonly isFollowing: boolean;
  readonly model: DashboardModel;
}): VNode {
  const { log, isFollowing, model } = props;
  const box = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    top.current = element.scrollTop;
  }, [log, isFollowing]);
  const rest = cleanLines(log.rest);
  const isEmpty = log.pieces.length === 0 && rest === '';
  return (
    <div
      class="log-text"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label="Text of the log"
      onScroll={() => {
        const element = box.current;
        if (element === null) return;
        const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
        // Only a person scrolls up; new text and a smaller pane move nothing upwards.
        const isUp = element.scrollTop < top.current - 1;
        top.current = element.scrollTop;
        if (isAtEnd && !isFollowing) model.keepPlace({ isFollowing: true });
        else if (isUp && !isAtEnd && isFollowing) model.keepPlace({ isFollowing: false });
      }}
    >
      {log.isCut && <p class="log-cut muted">Earlier output is in the full log.</p>}
      {isEmpty && <p class="muted">{log.isOver ? 'There was no output.' : 'No output yet.'}</p>}
      <pre>
        {log.pieces.map((piece) => (
          <span key={piece.from}>{piece.text}</span>
        ))}
        <span key="rest">{rest}</span>
      </pre>
    </div>
  );
}

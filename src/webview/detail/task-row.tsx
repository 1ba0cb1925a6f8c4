import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { isTaskOver } from '../../model/status.ts';
import type { AttemptRow, TaskRow } from '../../protocol/detail-messages.ts';
import { Icon, StatusIcon } from '../parts/icon.tsx';
import { memo } from '../parts/memo.ts';
import { ElapsedText, Slower, Until } from '../parts/ticking.tsx';
import { lookOf, type StatusLook } from '../state/status-look.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt } from '../language/format.ts';

/** What a row of the task table is drawn from. */
export interface TaskRowProps {
  readonly task: TaskRow;
  /** True when the log below is of this task. */
  readonly isShown: boolean;
  readonly shownAttempt: number | null;
  readonly isExpanded: boolean;
  /** For the editor's context menu. */
  readonly menu: string;
  readonly onShow: (task: string, attempt: number | null) => void;
  readonly onToggle: (task: string) => void;
}

/**
 * A task; where it is expanded also its attempts. Twenty may change at once: what has no state of its own is called, not
 * mounted, and a change of status leaves the name alone.
 */
export const TaskRowView = memo<TaskRowProps>((props): VNode => {
  const { task, isShown, isExpanded, onShow } = props;
  const hasAttempts = task.attempts.length > 1;
  const hasLog = task.attempts.length > 0;
  const name = useMemo(
    () => drawName(props),
    [task.id, task.name, task.attempt, hasAttempts, hasLog, isShown, isExpanded],
  );
  return (
    <>
      <tr
        class={`task ${hasLog ? 'has-log' : ''} ${isShown ? 'shown' : ''} ${task.group === null ? '' : 'in-group'}`}
        data-vscode-context={props.menu}
        onClick={hasLog ? () => onShow(task.id, null) : undefined}
      >
        {name}
        {drawStatus(lookOf(task.status, task.isStuck))}
        <td class="task-duration number">
          {task.startedMs !== null && (
            <ElapsedText startMs={task.startedMs} endMs={endOf(task, task.attempts.at(-1))} />
          )}
        </td>
        <td class="task-details">{drawDetails(task)}</td>
      </tr>
      {isExpanded &&
        hasAttempts &&
        task.attempts.map((attempt) => (
          <AttemptLine
            key={attempt.attempt}
            task={task}
            attempt={attempt}
            isShown={isShown && props.shownAttempt === attempt.attempt}
            onShow={onShow}
          />
        ))}
    </>
  );
});

function drawName({ task, isShown, isExpanded, onShow, onToggle }: TaskRowProps): VNode {
  const hasLog = task.attempts.length > 0;
  return (
    <th scope="row" class="task-name">
      <span class="task-name-line">
        {task.attempts.length > 1 ? (
          <button
            type="button"
            class="twistie"
            aria-expanded={isExpanded}
            aria-label={t('Attempts of {0}', task.name)}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(task.id);
            }}
          >
            <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} />
          </button>
        ) : (
          <span class="twistie" />
        )}
        <button
          type="button"
          class="task-button"
          aria-current={isShown ? 'true' : undefined}
          disabled={!hasLog}
          title={hasLog ? t('Show the log of {0}', task.name) : task.name}
          onClick={(event) => {
            event.stopPropagation();
            onShow(task.id, null);
          }}
        >
          {task.name}
        </button>
        {task.attempt > 1 && <span class="task-attempt">{formatAttempt(task.attempt)}</span>}
      </span>
    </th>
  );
}

/** Icon and word without a box around them: there are many, and each box is laid out. */
function drawStatus(look: StatusLook): VNode {
  return (
    <td class="task-status">
      {StatusIcon({ look })}
      {look.word}
    </td>
  );
}

function AttemptLine(props: {
  readonly task: TaskRow;
  readonly attempt: AttemptRow;
  readonly isShown: boolean;
  readonly onShow: (task: string, attempt: number | null) => void;
}): VNode {
  const { task, attempt, isShown, onShow } = props;
  const show = (event: Event): void => {
    event.stopPropagation();
    onShow(task.id, attempt.attempt);
  };
  return (
    <tr class={`attempt ${isShown ? 'shown' : ''}`} onClick={show}>
      <th scope="row" class="task-name">
        <span class="task-name-line">
          <button
            type="button"
            class="task-button"
            aria-current={isShown ? 'true' : undefined}
            aria-label={t('Attempt {0} of {1}', attempt.attempt, task.name)}
            onClick={show}
          >
            {t('Attempt {0}', attempt.attempt)}
          </button>
        </span>
      </th>
      {drawStatus(lookOf(attempt.status))}
      <td class="task-duration number">
        <ElapsedText startMs={attempt.startedMs} endMs={attempt.finishedMs} />
      </td>
      <td class="task-details">
        <span class="one-line" title={attempt.message ?? undefined}>
          {attempt.message ?? ''}
        </span>
      </td>
    </tr>
  );
}

/** Why it is as it is: the message, when it goes on, what it waits for. */
function drawDetails(task: TaskRow): VNode | null {
  if (task.status === 'retrying' && task.nextAttemptMs !== null) {
    return (
      <span class="one-line" title={task.message ?? undefined}>
        {formatAttempt(task.attempt + 1)} <Until atMs={task.nextAttemptMs} />
        {task.message === null ? '' : ` · ${task.message}`}
      </span>
    );
  }
  const { usualMs } = task;
  const newest = task.attempts.at(-1);
  if (task.status === 'running' && usualMs !== null && newest !== undefined) {
    return <Slower startMs={newest.startedMs} usualMs={usualMs} />;
  }
  const words =
    task.question ??
    task.message ??
    (task.status === 'pending' && task.needs.length > 0
      ? t('needs {0}', task.needs.join(', '))
      : null);
  const forgiven =
    task.status === 'failed' && task.continueOnError ? t('does not fail the execution') : null;
  if (words === null && forgiven === null) return null;
  return (
    <span class="one-line" title={words ?? undefined}>
      {words}
      {forgiven !== null && (
        <span class="muted">
          {words === null ? '' : ' · '}
          {forgiven}
        </span>
      )}
    </span>
  );
}

/** When the clock of a task stops: it runs on through its attempts and the waits between them. */
function endOf(task: TaskRow, newest: AttemptRow | undefined): number | null {
  if (task.finishedMs !== null) return task.finishedMs;
  return isTaskOver(task.status) ? (newest?.finishedMs ?? task.startedMs) : null;
}

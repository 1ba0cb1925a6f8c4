import type { VNode } from 'preact';
import type { ListRow } from '../../protocol/list-messages.ts';
import { StatusIcon } from '../parts/icon.tsx';
import { menuContext } from '../parts/menu-context.ts';
import { memo } from '../parts/memo.ts';
import { TaskBar } from '../parts/task-bar.tsx';
import { drawAgo, drawElapsed } from '../parts/ticking.tsx';
import { lookOf } from '../state/status-look.ts';
import { t } from '../language/page-language.ts';
import { formatAttempt } from '../language/format.ts';

/** Height of a row in pixels; the style sheet uses the same. */
export const rowHeight = 46;

/** What a row is drawn from. */
export interface RowProps {
  readonly row: ListRow | null;
  /** True while the row is drawn, but not seen. */
  readonly isBlank: boolean;
  /** Place in the whole list, from 0. */
  readonly index: number;
  /** How many there are in its group, or in all. */
  readonly total: number;
  /** Place among those, from 1. */
  readonly position: number;
  /** Rows of a group are the second level of a tree. */
  readonly isInGroup: boolean;
  readonly isSelected: boolean;
  readonly isMarked: boolean;
  /** The other one, when two are marked and this is one of them. */
  readonly pair: string | null;
  /** Where the row begins, in pixels. */
  readonly top: number;
  /** How long ago it began. */
  readonly ago: string;
  readonly hasFolder: boolean;
  readonly onSelect: (key: string, event: MouseEvent) => void;
}

/** The id of a row's element. */
export function rowId(index: number): string {
  return `execution-${String(index)}`;
}

/** When an execution began, or was to begin. */
export function startOfRow(row: ListRow): number {
  return row.startedMs ?? row.createdMs;
}

/**
 * One execution of the list; null is one that was not sent yet. What is drawn without a state of its own is called, not
 * mounted: there are many rows.
 */
export const ExecutionRow = memo<RowProps>((props): VNode => {
  const { row, index, total, position, isInGroup, isSelected, hasFolder, top, onSelect } = props;
  const place = {
    id: rowId(index),
    role: isInGroup ? ('treeitem' as const) : ('option' as const),
    'aria-level': isInGroup ? 2 : undefined,
    'aria-setsize': total,
    'aria-posinset': position,
    style: { transform: `translateY(${String(top)}px)` },
  };
  if (row === null) {
    return (
      <div {...place} class="row row-empty late" aria-selected={false} aria-label={t('Loading')}>
        <span class="row-ghost" />
      </div>
    );
  }
  const look = lookOf(row.status, row.isStuck);
  const startMs = startOfRow(row);
  const isTicking = row.finishedMs === null && row.startedMs !== null;
  return (
    <div
      {...place}
      class={props.isBlank ? 'row row-empty' : 'row'}
      aria-selected={isSelected || props.isMarked}
      data-vscode-context={menuContext(row.key, row.id, row.status, null, props.pair)}
      title={row.message ?? row.id}
      onClick={(event) => onSelect(row.key, event)}
    >
      {StatusIcon({ look })}
      {row.attempt > 1 ? (
        <span class="row-name">
          <span class="row-title">{row.name}</span>
          <span class="row-attempt">{formatAttempt(row.attempt)}</span>
        </span>
      ) : (
        <span class="row-title">{row.name}</span>
      )}
      {(isTicking || row.finishedMs !== null) && drawElapsed(startMs, row.finishedMs)}
      <span class="row-facts">
        <span>{look.word}</span>
        {row.name !== row.agent && <span class="row-agent">{row.agent}</span>}
        {hasFolder && <span class="row-folder">{row.folder}</span>}
        <span class="row-id">{shortId(row.id)}</span>
      </span>
      {TaskBar({ tasks: row.tasks })}
      {drawAgo(startMs, props.ago)}
    </div>
  );
});

/** The part of an id that tells executions of one day apart. */
export function shortId(id: string): string {
  return id.split('-').at(-1) ?? id;
}

import type { Ref, VNode } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { maxWindowRows } from '../../protocol/limits.ts';
import type { ListGrouping } from '../../protocol/list-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { blankKey } from '../state/blank-list.ts';
import { indexOfKey, rowAt, type ListState } from '../state/list-state.ts';
import { headingOfRow, startsOf } from '../state/list-places.ts';
import {
  rowAtHeight,
  topOfHeading,
  topOfRow,
  totalHeight,
  visibleRange,
  windowFor,
  type Viewport,
} from '../state/virtual-window.ts';
import { ExecutionRow, rowHeight, rowId, startOfRow } from './execution-row.tsx';
import { headingId, ListHeading } from './list-heading.tsx';
import { useListKeys } from './use-list-keys.ts';
import { memo } from '../parts/memo.ts';
import { usePainted } from '../parts/use-painted.ts';
import { useAgos } from '../parts/ticking.tsx';
import { t } from '../language/page-language.ts';

/** Rows that are drawn above and below the visible ones, once these have been painted. */
const rowsBeyond = 6;

/** What is above the list takes at least this many pixels. */
const barHeight = 120;

/** Up to this width rows have room for the most important only. */
const narrowWidth = 340;

/** What is seen of the list, in pixels. */
interface Place {
  readonly scrollTop: number;
  readonly height: number;
  readonly isNarrow: boolean;
}

/** All executions that match, of which only those near the screen exist as elements. */
export const ExecutionList = memo<{
  readonly list: ListState;
  /** True before the first list is there: rows are drawn, but not seen. */
  readonly isBlank: boolean;
  readonly selected: string | null;
  readonly marked: readonly string[];
  readonly grouping: ListGrouping;
  readonly initialScroll: number;
  readonly model: DashboardModel;
  readonly listRef: Ref<HTMLDivElement>;
}>((props): VNode => {
  const { list, isBlank, selected, marked, model } = props;
  const box = useRef<HTMLDivElement | null>(null);
  const [place, setPlace] = useState<Place>(() => ({
    scrollTop: props.initialScroll,
    // Nearly as high as the page; what it really is comes with its layout, before it is painted.
    height: Math.max(rowHeight, window.innerHeight - barHeight),
    isNarrow: false,
  }));
  const overscan = usePainted(!isBlank) ? rowsBeyond : 0;
  const { groups } = list.facts;
  const starts = useMemo(() => startsOf(groups), [groups]);
  const { scrollTop, height } = place;
  const viewport: Viewport = { scrollTop, height, rowHeight, total: list.total, starts };
  const range = visibleRange(viewport, overscan);
  const selectedIndex = useSelectedIndex(list, selected);
  const leave = useRef<() => void>(() => undefined);
  const select = useCallback(
    (key: string, event: MouseEvent) => {
      leave.current();
      if (event.ctrlKey || event.metaKey) model.marks.toggle(key);
      else if (event.shiftKey) void model.marks.markTo(key);
      else model.select(key);
    },
    [model],
  );

  const measure = (): void => {
    const element = box.current;
    if (element === null) return;
    const now = {
      scrollTop: element.scrollTop,
      height: element.clientHeight,
      isNarrow: element.offsetWidth <= narrowWidth,
    };
    setPlace((old) => (isSamePlace(old, now) ? old : now));
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    // Whoever asks for the layout here pays for it twice: the observer has it a moment later anyway.
    if (props.initialScroll > 0) element.scrollTop = props.initialScroll;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useAnchor(box, list, starts, isBlank);
  useEffect(() => {
    if (isBlank) return;
    const present = { offset: list.offset, length: list.keys.length };
    const wanted = windowFor(range, present, list.total, maxWindowRows);
    if (wanted !== null) model.showWindow(wanted);
  });

  const keys = useListKeys({
    list,
    viewport,
    selected,
    selectedIndex,
    marked,
    model,
    scrollTo: (scrollTop) => {
      if (box.current !== null) box.current.scrollTop = scrollTop;
    },
  });
  leave.current = keys.leaveHeading;
  const isTree = groups.length > 0;
  const isRowActive = selectedIndex >= range.first && selectedIndex < range.end;
  const indexes = Array.from({ length: range.end - range.first }, (_, at) => range.first + at);
  const rows = indexes.map((index) => rowAt(list, index) ?? null);
  const elementKey = useElementKeys(list, isBlank);
  const agos = useAgos(rows.map((row) => (row === null ? null : startOfRow(row))));
  return (
    <div
      ref={(element) => {
        box.current = element;
        if (typeof props.listRef === 'function') props.listRef(element);
        else if (props.listRef !== null) props.listRef.current = element;
      }}
      class={place.isNarrow ? 'list narrow' : 'list'}
      role={isTree ? 'tree' : 'listbox'}
      tabIndex={0}
      aria-label={t('Executions')}
      aria-multiselectable
      aria-activedescendant={
        keys.heading >= 0 ? headingId(keys.heading) : isRowActive ? rowId(selectedIndex) : undefined
      }
      onKeyDown={keys.press}
      onScroll={() => {
        measure();
        model.keepPlace({ listScroll: Math.round(box.current?.scrollTop ?? 0) });
      }}
    >
      <div
        class="list-rows"
        role="presentation"
        style={{ height: `${String(totalHeight(viewport))}px` }}
      >
        {groups.map((group, at) => (
          <ListHeading
            key={`group ${group.name}`}
            group={group}
            grouping={props.grouping}
            at={at}
            count={groups.length}
            top={topOfHeading(viewport, at)}
            isActive={at === keys.heading}
            onToggle={keys.toggle}
          />
        ))}
        {indexes.map((index, at) => {
          const row = rows[at] ?? null;
          const group = isTree ? headingOfRow(starts, index) : -1;
          return (
            <ExecutionRow
              key={row === null ? `#${String(index)}` : elementKey(row.key)}
              row={row}
              isBlank={isBlank}
              index={index}
              total={groups[group]?.count ?? list.total}
              position={index + 1 - (starts[group] ?? 0)}
              isInGroup={isTree}
              isSelected={row !== null && marked.length === 0 && row.key === selected}
              isMarked={row !== null && marked.includes(row.key)}
              pair={row === null ? null : otherOf(marked, row.key)}
              top={topOfRow(viewport, index)}
              ago={agos[at] ?? ''}
              hasFolder={list.facts.hasFolders}
              onSelect={select}
            />
          );
        })}
      </div>
    </div>
  );
});

function isSamePlace(one: Place, other: Place): boolean {
  const { scrollTop, height, isNarrow } = other;
  return one.scrollTop === scrollTop && one.height === height && one.isNarrow === isNarrow;
}

/** Keys of elements by those of rows: the first rows take the elements of the blank ones, which are laid out already. */
function useElementKeys(list: ListState, isBlank: boolean): (key: string) => string {
  const first = useRef<ReadonlyMap<string, string> | null>(null);
  if (!isBlank) {
    first.current ??= new Map(list.keys.map((key, at) => [key, blankKey(list.offset + at)]));
  }
  return (key) => first.current?.get(key) ?? key;
}

/** Where the selected row is; its last known place while it is outside of the window. */
function useSelectedIndex(list: ListState, selected: string | null): number {
  const last = useRef({ key: selected, index: -1 });
  const index = indexOfKey(list, selected);
  if (index >= 0 || last.current.key !== selected) last.current = { key: selected, index };
  return last.current.index;
}

/** Keeps the rows where they are on the screen when others come or go above them. */
function useAnchor(
  box: { readonly current: HTMLDivElement | null },
  list: ListState,
  starts: readonly number[],
  isBlank: boolean,
): void {
  const before = useRef({ list, starts, isBlank });
  useLayoutEffect(() => {
    const element = box.current;
    const { list: old, starts: oldStarts, isBlank: wasBlank } = before.current;
    before.current = { list, starts, isBlank };
    // Where the list is scrolled to is not asked for in vain: for the answer all is laid out.
    if (
      element === null ||
      wasBlank ||
      old === list ||
      old.keys === list.keys ||
      element.scrollTop < 1
    )
      return;
    const layout = { rowHeight, starts: oldStarts };
    const top = rowAtHeight(layout, element.scrollTop);
    const key = old.keys[top - old.offset];
    const now = key === undefined ? -1 : indexOfKey(list, key);
    const moved = topOfRow({ rowHeight, starts }, now) - topOfRow(layout, top);
    if (now >= 0 && moved !== 0) element.scrollTop += moved;
  }, [list]);
}

/** The other one of exactly two that are marked. */
function otherOf(marked: readonly string[], key: string): string | null {
  const [one, other] = marked;
  if (marked.length !== 2 || one === undefined || other === undefined) return null;
  return key === one ? other : key === other ? one : null;
}

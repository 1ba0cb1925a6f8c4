import type { VNode } from 'preact';
import type { ListGroup, ListGrouping } from '../../protocol/list-messages.ts';
import { Icon } from '../parts/icon.tsx';
import { useTicking } from '../parts/ticking.tsx';
import { formatGroup } from '../state/format-group.ts';
import { plural } from '../language/page-language.ts';

/** The id of a heading's element. */
export function headingId(at: number): string {
  return `executions-group-${String(at)}`;
}

/** What the rows below it have in common; a click folds them away. `at` is its place among the headings. */
export function ListHeading(props: {
  readonly group: ListGroup;
  readonly grouping: ListGrouping;
  readonly at: number;
  readonly count: number;
  /** Where it begins, in pixels. */
  readonly top: number;
  /** True while keys act on it. */
  readonly isActive: boolean;
  readonly onToggle: (at: number) => void;
}): VNode {
  const { group, grouping, at, count, top, isActive, onToggle } = props;
  const name = useTicking(
    (nowMs) => formatGroup(group.name, grouping, nowMs),
    // Today is yesterday after midnight.
    () => Infinity,
  );
  return (
    <div
      id={headingId(at)}
      class={`list-heading${isActive ? ' active' : ''}`}
      role="treeitem"
      aria-level={1}
      aria-setsize={count}
      aria-posinset={at + 1}
      aria-expanded={!group.isFolded}
      aria-selected={false}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={() => onToggle(at)}
    >
      <Icon name={group.isFolded ? 'chevron-right' : 'chevron-down'} />
      <span class="list-heading-name">{name}</span>
      <span class="number muted">
        <span class="hidden">, </span>
        {group.count}
        <span class="hidden"> {plural(group.count, 'execution', 'executions')}</span>
      </span>
    </div>
  );
}

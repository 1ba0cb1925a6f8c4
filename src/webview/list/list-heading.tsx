import type { VNode } from 'preact';
import type { ListGroup, ListGrouping } from '../../protocol/list-messages.ts';
import { useClock } from '../parts/ticking.tsx';
import { formatGroup } from '../state/format-group.ts';
import { headingHeight } from '../state/virtual-window.ts';

/** What the rows below it have in common; `top` is where the first of them begins, in pixels. */
export function ListHeading(props: {
  readonly group: ListGroup;
  readonly grouping: ListGrouping;
  readonly top: number;
}): VNode {
  const { group, grouping, top } = props;
  const nowMs = useClock().nowMs();
  return (
    <div
      class="list-heading"
      role="presentation"
      style={{ transform: `translateY(${String(top - headingHeight)}px)` }}
    >
      <span class="list-heading-name">{formatGroup(group.name, grouping, nowMs)}</span>
      <span class="number muted">{group.count}</span>
    </div>
  );
}

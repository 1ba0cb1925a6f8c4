import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A share is between these, in per cent. */
const least = 15;
const most = 80;

/** A line between two panes that can be dragged, or moved by the arrow keys. */
export function Splitter(props: {
  readonly axis: 'columns' | 'rows';
  readonly label: string;
  /** Per cent of the parent that the pane at `edge` has. */
  readonly share: number;
  readonly edge: 'start' | 'end';
  readonly onMove: (share: number) => void;
}): VNode {
  const { axis, label, share, edge, onMove } = props;
  const move = (wanted: number): void => {
    onMove(Math.round(Math.min(most, Math.max(least, wanted))));
  };
  const drag = (event: PointerEvent): void => {
    const element = event.currentTarget as HTMLElement;
    if (!element.hasPointerCapture(event.pointerId) || element.parentElement === null) return;
    const box = element.parentElement.getBoundingClientRect();
    const part =
      axis === 'columns'
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
    move((edge === 'start' ? part : 1 - part) * 100);
  };
  return (
    <div
      class={`splitter ${axis}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={share}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const back = axis === 'columns' ? 'ArrowLeft' : 'ArrowUp';
        const forth = axis === 'columns' ? 'ArrowRight' : 'ArrowDown';
        if (event.key !== back && event.key !== forth) return;
        event.preventDefault();
        const step = event.key === forth ? 2 : -2;
        move(share + (edge === 'start' ? step : -step));
      }}
    />
  );
}

/** Hands a share to the style sheet of the element: styles in markup are forbidden on this page. */
export function useShare(variable: string, share: number): RefObject<HTMLDivElement> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    element.current?.style.setProperty(variable, `${String(share)}%`);
  });
  return element;
}

import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui.ts';
import { Icon } from './icon.tsx';
import { t } from '../language/page-language.ts';

/** How far a picture can be magnified. */
export interface ZoomRange {
  readonly least: number;
  readonly most: number;
}

const factor = 1.25;

/**
 * A box with a picture that is wider than it, to scroll, to drag, and to magnify: by buttons, by `+`, `-` and `0`, or by
 * the wheel with Ctrl. Until somebody does, the zoom is `fit` of the width of the box.
 */
export function ZoomBox(props: {
  readonly class: string;
  readonly range: ZoomRange;
  /** Zoom for a box of this width, in pixels. */
  readonly fit: (width: number) => number;
  readonly draw: (zoom: number, width: number) => ComponentChildren;
  readonly children?: ComponentChildren;
}): VNode {
  const { range, fit } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const zoom = chosen ?? fit(width);
  const zoomTo = (wanted: number, x: number, y: number): void => {
    const next = Math.min(range.most, Math.max(range.least, wanted));
    const element = box.current;
    if (element === null || next === zoom) return;
    anchor.current = {
      left: ((element.scrollLeft + x) * next) / zoom - x,
      top: ((element.scrollTop + y) * next) / zoom - y,
    };
    setChosen(next);
  };
  const anchor = useRef<{ readonly left: number; readonly top: number } | null>(null);
  const zoomAtMiddle = (wanted: number): void => {
    zoomTo(wanted, width / 2, (box.current?.clientHeight ?? 0) / 2);
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (anchor.current !== null) box.current?.scrollTo(anchor.current);
    anchor.current = null;
  }, [zoom]);
  return (
    <div
      class="zoom"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === '+' || event.key === '=') zoomAtMiddle(zoom * factor);
        else if (event.key === '-') zoomAtMiddle(zoom / factor);
        else if (event.key === '0') setChosen(null);
        else return;
        event.preventDefault();
      }}
    >
      <div class="zoom-tools">
        {props.children}
        <Tool
          icon="zoom-out"
          label={t('Zoom out (-)')}
          onClick={() => zoomAtMiddle(zoom / factor)}
        />
        <Tool icon="zoom-in" label={t('Zoom in (+)')} onClick={() => zoomAtMiddle(zoom * factor)} />
        <Tool icon="screen-normal" label={t('Fit the width (0)')} onClick={() => setChosen(null)} />
      </div>
      <div
        class={`zoom-box ${props.class}`}
        ref={box}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          const rect = event.currentTarget.getBoundingClientRect();
          const wanted = zoom * Math.exp(-event.deltaY / 300);
          zoomTo(wanted, event.clientX - rect.left, event.clientY - rect.top);
        }}
        onPointerMove={pan}
      >
        {width > 0 && props.draw(zoom, width)}
      </div>
    </div>
  );
}

function Tool(props: {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
}): VNode {
  return (
    <Button appearance="icon" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </Button>
  );
}

/** The picture is its own handle. The pointer is caught only once it moves: a click is one of what lies there. */
function pan(event: PointerEvent): void {
  const element = event.currentTarget as HTMLElement;
  if (event.pointerType !== 'mouse' || event.buttons !== 1) return;
  const { movementX, movementY } = event;
  if (!element.hasPointerCapture(event.pointerId)) {
    if (Math.abs(movementX) + Math.abs(movementY) < 3) return;
    element.setPointerCapture(event.pointerId);
  }
  element.scrollBy(-movementX, -movementY);
}

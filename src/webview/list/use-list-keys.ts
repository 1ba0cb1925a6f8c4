import { useState } from 'preact/hooks';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { atPlace, headingOfRow, placeOfHeading, placeOfRow } from '../state/list-places.ts';
import { indexOfKey, type ListState } from '../state/list-state.ts';
import { moveByKey, scrollToHeading, scrollToRow, type Viewport } from '../state/virtual-window.ts';

/** What keys do in the list, and the heading that they act on. */
export interface ListKeys {
  /** Its place among the headings; -1 while keys act on a row. */
  readonly heading: number;
  readonly press: (event: KeyboardEvent) => void;
  /** Folds or unfolds a group; keys act on its heading from then on. */
  readonly toggle: (at: number) => void;
  /** Keys act on rows again. */
  readonly leaveHeading: () => void;
}

/** What the keys need to know of the list as it is drawn now. */
export interface ListScene {
  readonly list: ListState;
  readonly viewport: Viewport;
  readonly selected: string | null;
  readonly selectedIndex: number;
  readonly marked: readonly string[];
  readonly model: DashboardModel;
  readonly scrollTo: (scrollTop: number) => void;
}

/** Moving, marking and folding by keys: a list without headings, or a tree of headings and rows. */
export function useListKeys(scene: ListScene): ListKeys {
  const { list, viewport, selectedIndex, marked, model } = scene;
  const { groups } = list.facts;
  const starts = viewport.starts ?? [];
  const [name, setName] = useState<string | null>(null);
  const heading = name === null ? -1 : groups.findIndex((group) => group.name === name);

  const goTo = (place: number): void => {
    const target = atPlace(starts, place);
    if (target.kind === 'heading') {
      setName(groups[target.at]?.name ?? null);
      scene.scrollTo(scrollToHeading(viewport, target.at));
      return;
    }
    setName(null);
    scene.scrollTo(scrollToRow(viewport, target.index));
    model.selectAt(target.index);
  };
  const toggle = (at: number): void => {
    const group = groups[at];
    if (group === undefined) return;
    setName(group.name);
    model.toggleGroup(group.name);
  };
  /** Left and right as in any tree; false: the key means nothing here. */
  const fold = (key: string): boolean => {
    const group = groups[heading];
    if (group === undefined) {
      const above = key === 'ArrowLeft' ? headingOfRow(starts, selectedIndex) : -1;
      if (above >= 0) goTo(placeOfHeading(starts, above));
      return above >= 0;
    }
    if (key === 'Enter' || key === ' ' || (key === 'ArrowRight') === group.isFolded) {
      toggle(heading);
    } else if (key === 'ArrowRight') {
      goTo(placeOfHeading(starts, heading) + 1);
    }
    return true;
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && marked.length > 0) {
      event.preventDefault();
      model.marks.clear();
      return;
    }
    if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      mark(scene, event.key === 'ArrowDown' ? 1 : -1);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (foldKeys.includes(event.key) && fold(event.key)) {
      event.preventDefault();
      return;
    }
    const now =
      heading >= 0
        ? placeOfHeading(starts, heading)
        : selectedIndex < 0
          ? -1
          : placeOfRow(starts, selectedIndex);
    const place = moveByKey(event.key, now, { ...viewport, total: list.total + starts.length });
    if (place === null) return;
    event.preventDefault();
    goTo(place);
  };
  return { heading, press, toggle, leaveHeading: () => setName(null) };
}

const foldKeys: readonly string[] = ['ArrowLeft', 'ArrowRight', 'Enter', ' '];

/** Marks the next row, or takes the last mark back. */
function mark(
  { list, viewport, selected, marked, model, scrollTo }: ListScene,
  step: number,
): void {
  const last = indexOfKey(list, marked.at(-1) ?? selected);
  const next = list.keys[last - list.offset + step];
  if (next === undefined || last < 0) return;
  // Back over what was marked takes it back.
  model.marks.toggle(marked.includes(next) ? (marked.at(-1) ?? next) : next);
  scrollTo(scrollToRow(viewport, indexOfKey(list, next)));
}

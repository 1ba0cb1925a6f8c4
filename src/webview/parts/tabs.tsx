import type { ComponentChildren, VNode } from 'preact';

/** One tab: `value` names it, `note` is a small number beside its label. */
export interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly note?: string;
}

/** The id of a panel, for `aria-labelledby` and `aria-controls`. */
export function tabId(name: string, value: string): string {
  return `${name}-tab-${value}`;
}

/** A line of tabs, with room for tools of the chosen one. Arrows choose, as in the editor's own tabs. */
export function Tabs<T extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
  readonly children?: ComponentChildren;
}): VNode {
  const { name, label, tabs, chosen, onChoose } = props;
  const move = (event: KeyboardEvent): void => {
    const place = tabs.findIndex((tab) => tab.value === chosen);
    const next = tabs[nextPlace(event.key, place, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next.value);
    document.getElementById(tabId(name, next.value))?.focus();
  };
  return (
    <div class="tab-line">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((tab) => {
          const isChosen = tab.value === chosen;
          return (
            <button
              key={tab.value}
              type="button"
              class="tab"
              role="tab"
              id={tabId(name, tab.value)}
              aria-selected={isChosen}
              aria-controls={isChosen ? `${name}-panel` : undefined}
              tabIndex={isChosen ? 0 : -1}
              onClick={() => onChoose(tab.value)}
            >
              {tab.label}
              {tab.note !== undefined && <span class="number tab-note">{tab.note}</span>}
            </button>
          );
        })}
      </div>
      {props.children}
    </div>
  );
}

function nextPlace(key: string, place: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (place + 1) % count;
    case 'ArrowLeft':
      return (place + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

import type { VNode } from 'preact';
import type { StatusLook } from '../state/status-look.ts';

/** A codicon. It says nothing to a screen reader: a word stands beside it, or its button has a name. */
export function Icon(props: {
  readonly name: string;
  readonly isSpinning?: boolean;
  readonly slot?: string;
  readonly class?: string;
}): VNode {
  const spin = props.isSpinning === true ? ' codicon-modifier-spin' : '';
  const extra = props.class === undefined ? '' : ` ${props.class}`;
  return (
    <span
      class={`codicon codicon-${props.name}${spin}${extra}`}
      slot={props.slot}
      aria-hidden="true"
    />
  );
}

/** The icon of a status in its colour. */
export function StatusIcon({ look }: { readonly look: StatusLook }): VNode {
  // Called, not mounted: it has no state.
  return Icon({
    name: look.icon,
    isSpinning: look.isSpinning ?? false,
    class: `tone-${look.tone}`,
  });
}

/** The icon of a status with its word. */
export function StatusWord({ look }: { readonly look: StatusLook }): VNode {
  return (
    <span class="status-word">
      {StatusIcon({ look })}
      <span>{look.word}</span>
    </span>
  );
}

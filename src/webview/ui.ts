/**
 * The toolkit's components, and only those we use: the one file that knows the toolkit. It has to be part of the entry
 * script: loaded after the page's `load` event the toolkit would never take over the theme.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren, type Ref, type VNode } from 'preact';

/** What makes each of them known to the page: done where one is drawn first, since it takes a millisecond and more. */
const components = {
  'vscode-button': vsCodeButton,
  'vscode-checkbox': vsCodeCheckbox,
  'vscode-dropdown': vsCodeDropdown,
  'vscode-option': vsCodeOption,
  'vscode-progress-ring': vsCodeProgressRing,
  'vscode-text-field': vsCodeTextField,
} as const;

interface Props {
  readonly class?: string;
  readonly title?: string;
  readonly children?: ComponentChildren;
  readonly 'aria-label'?: string;
}

/** A button; `icon` is one that holds a codicon alone. */
export function Button(
  props: Props & {
    readonly appearance?: 'primary' | 'secondary' | 'icon';
    readonly disabled?: boolean;
    readonly onClick: () => void;
  },
): VNode {
  return element('vscode-button', props);
}

/** A box to tick; `onChange` gets the new state. */
export function Checkbox({
  checked,
  onChange,
  ...rest
}: Props & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }): VNode {
  return element('vscode-checkbox', {
    ...rest,
    checked,
    onChange: (event: Event) => {
      const isChecked = (event.target as HTMLInputElement).checked;
      // The component also fires when it is told its own state.
      if (isChecked !== checked) onChange(isChecked);
    },
  });
}

/** A choice of values with their labels. */
export function Dropdown({
  options,
  value,
  onChange,
  ...rest
}: Props & {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): VNode {
  return element('vscode-dropdown', {
    ...rest,
    onChange: (event: Event) => {
      const chosen = (event.target as HTMLSelectElement).value;
      if (chosen !== value) onChange(chosen);
    },
    children: options.map((option) =>
      element('vscode-option', {
        key: option.value,
        value: option.value,
        selected: option.value === value,
        children: option.label,
      }),
    ),
  });
}

/** One line of text. */
export function TextField({
  onInput,
  ...rest
}: Props & {
  readonly value: string;
  readonly placeholder?: string;
  readonly fieldRef?: Ref<HTMLElement>;
  readonly onInput: (value: string) => void;
}): VNode {
  const { fieldRef, ...others } = rest;
  return element('vscode-text-field', {
    ...others,
    ref: fieldRef ?? null,
    onInput: (event: Event) => onInput((event.target as HTMLInputElement).value),
  });
}

/** Something is under way. */
export function ProgressRing(props: Props): VNode {
  return element('vscode-progress-ring', props);
}

/** Preact knows the properties of HTML's own elements only. */
function element(name: keyof typeof components, props: object): VNode {
  if (customElements.get(name) === undefined) {
    provideVSCodeDesignSystem().register(components[name]());
  }
  return h(name, props as Record<string, unknown>) as VNode;
}

// Read by texts.test.ts, and never run: which of these are texts that a person would see?
import type { VNode } from 'preact';

declare function t(text: string, ...args: readonly (string | number)[]): string;

export function Example({ kind, done }: { readonly kind: string; readonly done: number }): VNode {
  const alone = kind === 'Enter it' ? 'Alone' : t('Nothing to see');
  if (kind === 'none') throw new Error('There is no such kind');
  return (
    <p class="not a text" title="spoken" data-kind="none">
      Between tags {alone} {`${done} of ${done} said`} {t('All of {0}', `${done} in a part`)}
    </p>
  );
}

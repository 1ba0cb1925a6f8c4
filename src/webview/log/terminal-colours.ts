import { toDisposable, type Disposable } from '../../model/disposable.ts';
import { onTop, parseColour, readableOn, toCss, type Rgb } from './readable-colour.ts';

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

/** Colours of a theme that has none for terminals. */
const defaults: readonly string[] = (
  '#000000 #cd3131 #0dbc79 #e5e510 #2472c8 #bc3fbc #11a8cd #e5e5e5 ' +
  '#666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #e5e5e5'
).split(' ');

/**
 * Keeps the theme's sixteen terminal colours on the page, as `--ansi-fg-N` (moved as far as it takes to be read on the
 * log's background), `--ansi-bg-N`, and `--ansi-on-N` for text on that. Follows the theme.
 */
export function followTerminalColours(page: Document): Disposable {
  const apply = (): void => {
    // The editor sets its colours on the root; ours go to the body, so that they do not wake the observer.
    const theme = getComputedStyle(page.documentElement);
    const read = (name: string): Rgb | null =>
      parseColour(theme.getPropertyValue(`--vscode-${name}`));
    const background = read('panel-background') ?? read('editor-background') ?? [30, 30, 30];
    for (let index = 0; index < 16; index += 1) {
      const name = `terminal-ansi${index < 8 ? '' : 'Bright'}${names[index % 8] ?? ''}`;
      const colour = read(name) ?? parseColour(defaults[index] ?? '') ?? onTop(background);
      const { style } = page.body;
      style.setProperty(`--ansi-fg-${index}`, toCss(readableOn(colour, background)));
      style.setProperty(`--ansi-bg-${index}`, toCss(colour));
      style.setProperty(`--ansi-on-${index}`, toCss(onTop(colour)));
    }
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(page.documentElement, { attributeFilter: ['style'] });
  observer.observe(page.body, { attributeFilter: ['class'] });
  return toDisposable(() => {
    observer.disconnect();
  });
}

/**
 * Puts a text of ours into the language of the person; `{0}` in it stands for the first of the other arguments. In the
 * extension host this is `vscode.l10n.t`: what makes words without knowing the editor is handed it.
 */
export type Translate = (text: string, ...args: readonly (string | number)[]) => string;

/** English texts and what they are in another language. */
export type Translations = Readonly<Record<string, string>>;

/** The texts as they are written. */
export const inEnglish: Translate = (text, ...args) => fill(text, args);

/** The texts as they are in another language; in English where that has none. */
export function translateBy(texts: Translations): Translate {
  return (text, ...args) => fill(Object.hasOwn(texts, text) ? (texts[text] ?? text) : text, args);
}

/** Puts arguments into the places of a text; a place without an argument stays. */
function fill(text: string, args: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (hole, at: string) => String(args[Number(at)] ?? hole));
}

/**
 * Puts a text of ours into the language of the editor; `{0}` in it stands for the first of the other arguments. In the
 * editor this is `vscode.l10n.t`: what makes words without knowing the editor is handed it.
 */
export type Translate = (text: string, ...args: readonly (string | number)[]) => string;

/** The texts as they are written. */
export const inEnglish: Translate = (text, ...args) =>
  text.replaceAll(/\{(\d+)\}/g, (hole, at: string) => String(args[Number(at)] ?? hole));

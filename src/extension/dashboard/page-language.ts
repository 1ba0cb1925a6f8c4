import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Translations } from '../../model/translate.ts';
import type { PageLanguage } from './dashboard-html.ts';

/**
 * What a page speaks: the display language, where its texts are there in it. They stand in a file of their own, so that
 * no window loads them that has no page open, and none at all in English.
 */
export function pageLanguage(extensionUri: vscode.Uri): PageLanguage {
  const id = vscode.env.language.toLowerCase();
  return { id, texts: readTexts(extensionUri, id) };
}

function readTexts(extensionUri: vscode.Uri, id: string): Translations | null {
  if (id === 'en' || !/^[a-z-]+$/.test(id)) return null;
  const file = vscode.Uri.joinPath(extensionUri, 'l10n', `webview.l10n.${id}.json`);
  try {
    return JSON.parse(readFileSync(file.fsPath, 'utf8')) as Translations;
  } catch {
    // There is none in this language.
    return null;
  }
}

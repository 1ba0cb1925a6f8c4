import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { withLocalTimes } from '../model/local-times.ts';
import { asRecorded, tellBy, type Tell } from '../model/tell-message.ts';
import type { Translations } from '../model/translate.ts';
import { describeMoment } from './describe-time.ts';

const inLanguage: Tell = vscode.l10n.uri === undefined ? asRecorded : tellLater();

/**
 * Puts a message of the engine into the display language, with times as they are here. In English, and where the messages
 * are not there in a language, the words stay as they are recorded; else they are read when the first one is told.
 */
export const tell: Tell = (message) =>
  inLanguage(withLocalTimes(message, (at) => describeMoment(at, new Date(), vscode.l10n.t)));

function tellLater(): Tell {
  let loaded: Tell | null = null;
  return (message) => {
    loaded ??= loadMessages();
    return loaded(message);
  };
}

function loadMessages(): Tell {
  const texts = readTexts('messages');
  return texts === null ? asRecorded : tellBy(texts);
}

/**
 * Texts that are in a file of their own beside the bundle of the display language, so that no window reads them that does
 * not need them; null where there are none, as in English.
 */
export function readTexts(name: 'messages' | 'webview'): Translations | null {
  const bundle = vscode.l10n.uri;
  if (bundle === undefined) return null;
  const language = vscode.env.language.toLowerCase();
  const file = vscode.Uri.joinPath(bundle, '..', `${name}.l10n.${language}.json`);
  try {
    return JSON.parse(readFileSync(file.fsPath, 'utf8')) as Translations;
  } catch {
    return null;
  }
}

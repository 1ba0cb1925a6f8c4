import * as vscode from 'vscode';
import { readTexts } from '../tell.ts';
import type { PageLanguage } from './dashboard-html.ts';

/** What a page speaks: the display language, where the texts of pages are there in it. */
export function pageLanguage(): PageLanguage {
  return { id: vscode.env.language.toLowerCase(), texts: readTexts('webview') };
}

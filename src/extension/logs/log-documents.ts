import * as vscode from 'vscode';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import { isTaskOver } from '../../model/status.ts';
import { followLog } from '../../engine/logs/follow-log.ts';
import { readLogRange } from '../../engine/logs/read-log.ts';
import { stat } from 'node:fs/promises';
import type { Folders } from '../folders/folders.ts';
import { logScheme } from '../ids.ts';
import { LogText, maxLogBytes } from './log-text.ts';
import { logFileOf, readLogUri } from './log-uri.ts';

/** One log that is open. */
interface Open {
  readonly text: LogText;
  readonly follower: Disposable;
  timer: Disposable | null;
}

/** Read-only documents that show the end of a log and follow it while it grows. */
export class LogDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #folders: Folders;
  readonly #open = new Map<string, Open>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #listeners: readonly Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#listeners = [
      vscode.workspace.registerTextDocumentContentProvider(logScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri.toString())),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === logScheme && contentChanges.length > 0) keepAtEnd(document);
      }),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    const open = this.#open.get(key) ?? (await this.#start(uri));
    return open === null
      ? `${vscode.l10n.t('This log is not there any more.')}\n`
      : open.text.toString(vscode.l10n.t);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const key of [...this.#open.keys()]) this.#close(key);
    this.#changed.dispose();
  }

  async #start(uri: vscode.Uri): Promise<Open | null> {
    const file = logFileOf(this.#folders, uri);
    if (file === null) return null;
    const size = await sizeOf(file);
    const from = Math.max(0, size - maxLogBytes);
    const read = await readLogRange(file, from, maxLogBytes);
    if (!read.ok) return null;
    const key = uri.toString();
    this.#close(key);
    const text = new LogText({ isCut: from > 0 });
    text.append(read.value.bytes);
    const follower = followLog(file, {
      from: from + read.value.bytes.length,
      isOver: () => this.#isOver(uri),
      onChunk: (bytes) => {
        text.append(bytes);
        this.#touch(uri);
      },
    });
    const open: Open = { text, follower, timer: null };
    this.#open.set(key, open);
    return open;
  }

  /** VS Code takes the whole text at every change: a long one is shown less often. */
  #touch(uri: vscode.Uri): void {
    const open = this.#open.get(uri.toString());
    if (open === undefined || open.timer !== null) return;
    const delayMs = open.text.length < 200_000 ? 200 : open.text.length < 1_000_000 ? 1000 : 3000;
    const timer = setTimeout(() => {
      open.timer = null;
      this.#changed.fire(uri);
    }, delayMs);
    open.timer = toDisposable(() => {
      clearTimeout(timer);
    });
  }

  #isOver(uri: vscode.Uri): boolean {
    const address = readLogUri(uri);
    const execution = address && this.#folders.get(address.folder)?.find(address.execution);
    const attempt = execution?.tasks
      .flatMap(({ attempts }) => attempts)
      .find(({ log }) => log === address?.log);
    // What was removed writes no more.
    return attempt === undefined || isTaskOver(attempt.status);
  }

  #close(key: string): void {
    const open = this.#open.get(key);
    if (open === undefined) return;
    this.#open.delete(key);
    open.timer?.dispose();
    open.follower.dispose();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    // Not written yet.
    return 0;
  }
}

/** An editor whose cursor was in the last lines goes on with the log; one where somebody reads stays. */
function keepAtEnd(document: vscode.TextDocument): void {
  const last = document.lineAt(document.lineCount - 1).range.end;
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document !== document || !editor.selection.isEmpty) continue;
    const wasAtEnd = editor.selection.active.line >= document.lineCount - 1;
    const wasBefore = isFollowing(editor);
    if (!wasAtEnd && !wasBefore) continue;
    editor.selection = new vscode.Selection(last, last);
    editor.revealRange(new vscode.Range(last, last));
  }
}

/** True when the lines that were the last ones are in sight. */
function isFollowing(editor: vscode.TextEditor): boolean {
  const visible = editor.visibleRanges.at(-1);
  return visible !== undefined && visible.end.line >= editor.selection.active.line - 1;
}

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { readLogRange, readLogTail } from '../../engine/logs/read-log.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { Reveal } from '../../protocol/messages.ts';
import type { DashboardHost, FolderExecution } from './dashboard-host.ts';
import { dashboardHtml } from './dashboard-html.ts';
import { DashboardSession } from './dashboard-session.ts';
import { readHistoryOf } from './insights-feed.ts';
import { openNamedFile } from './open-named-file.ts';
import { openWorkflowDiff } from './open-workflow-diff.ts';
import { pageLanguage } from './page-language.ts';
import { JournalEvents } from '../../engine/store/journal-events.ts';
import { tell } from '../tell.ts';

/** The work behind one panel; disposing ends it and leaves the panel. */
export interface ServedDashboard extends Disposable {
  /** Shows an execution: now, or as soon as the page is ready. */
  readonly reveal: (reveal: Reveal) => void;
}

/** Loads the page into the panel and answers it. `report` is told about refused messages and errors of the page. */
export function serveDashboard(
  panel: vscode.WebviewPanel,
  host: DashboardHost,
  report: (message: string) => void,
): ServedDashboard {
  const root = vscode.Uri.joinPath(host.extensionUri, 'dist', 'webview');
  const { webview } = panel;
  const lifetime = new DisposableStore();
  const session = lifetime.add(
    new DashboardSession({
      source: host,
      reader: { tail: readLogTail, range: readLogRange },
      readEvents: eventsOf(host),
      readHistory: (sinceMs) => readHistoryOf(host.stateFolders(), sinceMs),
      saveText,
      openFile: openNamedFile,
      openDiff: (before, after) => openWorkflowDiff(host, before, after),
      post: (message) => void webview.postMessage(message),
      report,
      onSent: () => host.tellSent(),
      onSight: (isSeen) => host.tellSight(panel, isSeen),
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => {
          clearTimeout(timer);
        };
      },
      nowMs: () => Date.now(),
      words: { t: vscode.l10n.t, tell },
    }),
  );
  lifetime.add(
    webview.onDidReceiveMessage((message) => {
      session.receive(message);
    }),
  );
  lifetime.add(
    host.onDidChange(() => {
      session.sourceChanged();
    }),
  );
  lifetime.add(
    panel.onDidChangeViewState(() => {
      // A hidden webview is gone; it loads anew and says so when it is shown again.
      if (!panel.visible) session.hidden();
    }),
  );
  const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(host.extensionUri, 'media', name);
  panel.iconPath = { light: icon('dashboard-light.svg'), dark: icon('dashboard-dark.svg') };
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  const address = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  webview.html = dashboardHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('hex'),
    script: address('dashboard.js'),
    styles: [address('codicon.css'), address('dashboard.css')],
    boot: vscode.l10n.t('Loading the dashboard…'),
    language: pageLanguage(),
  });
  return {
    reveal: (reveal) => session.reveal(reveal),
    dispose: () => lifetime.dispose(),
  };
}

async function saveText(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) },
  );
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** The events of the execution that was asked for last are kept: of a long journal only what is new is read. */
function eventsOf(
  host: DashboardHost,
): (item: FolderExecution) => ReturnType<JournalEvents['read']> {
  let kept: { readonly key: string; readonly events: JournalEvents } | null = null;
  return (item) => {
    const folder = host.stateFolder(item);
    if (folder === null) return [];
    if (kept?.key !== item.key) {
      kept = { key: item.key, events: new JournalEvents(folder, item.execution.id) };
    }
    return kept.events.read();
  };
}

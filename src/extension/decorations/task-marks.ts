import * as vscode from 'vscode';
import { systemClock } from '../../engine/ports.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { FeatureScope } from '../diagnostics/register-workflow-features.ts';
import { workflowFileOf, type WorkflowFile } from '../diagnostics/workflow-files.ts';
import { newestByAgent } from '../folder-state.ts';
import { commandIds, prefix, settingIds } from '../ids.ts';
import { isFollowingTask, taskResults, type TaskResults } from '../settings.ts';
import { PacedFire } from '../tree/paced-fire.ts';
import { decideTaskMarks, type MarkKind, type TaskMark } from './decide-task-marks.ts';

/** At most four times a second: what is quicker cannot be read. */
const paceMs = 250;

/** What an editor shows now, to change only what is different. */
interface Shown {
  readonly key: string;
  readonly runningLine: number | null;
}

/** Shows at the lines of tasks how they did, in the editors that can be seen. */
export class TaskMarks implements Disposable {
  readonly #scope: FeatureScope;
  readonly #store = new DisposableStore();
  readonly #text: vscode.TextEditorDecorationType;
  readonly #icons: ReadonlyMap<MarkKind, vscode.TextEditorDecorationType>;
  readonly #shown = new WeakMap<vscode.TextEditor, Shown>();

  constructor(scope: FeatureScope) {
    this.#scope = scope;
    this.#text = this.#store.add(
      vscode.window.createTextEditorDecorationType({
        after: { margin: '0 0 0 2.5em' },
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
      }),
    );
    this.#icons = new Map(
      markKinds.map((kind) => [kind, this.#store.add(iconType(scope.extensionUri, kind))]),
    );
    const pace = this.#store.add(
      new PacedFire<null>({ clock: systemClock, paceMs, fire: () => this.#update() }),
    );
    const changed = (): void => pace.add([null]);
    this.#store.add(scope.folders.onDidChange(changed));
    this.#store.add(scope.validation.onDidChange(changed));
    this.#store.add(vscode.window.onDidChangeVisibleTextEditors(changed));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        const ids = [settingIds.taskResults, settingIds.followRunningTask];
        if (ids.some((id) => event.affectsConfiguration(`${prefix}.${id}`))) changed();
      }),
    );
    changed();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const file = workflowFileOf(this.#scope.folders, editor.document.uri);
      const parsed = file && this.#scope.validation.parsed(file.uri);
      if (file !== null && parsed !== null) this.#mark(editor, file, parsed.taskRanges);
      else this.#clear(editor);
    }
  }

  /** What is no workflow file any more, because it was removed or the setting is another one, has no marks. */
  #clear(editor: vscode.TextEditor): void {
    if (!this.#shown.delete(editor)) return;
    for (const type of [this.#text, ...this.#icons.values()]) editor.setDecorations(type, []);
  }

  #mark(
    editor: vscode.TextEditor,
    file: WorkflowFile,
    taskRanges: Parameters<typeof decideTaskMarks>[0]['taskRanges'],
  ): void {
    const { state } = file.folder;
    const newest = newestByAgent(state.executions).get(file.agent) ?? null;
    const { marks, runningLine } = decideTaskMarks({
      agent: file.agent,
      newest,
      verdicts: state.verdicts,
      taskRanges,
      t: vscode.l10n.t,
    });
    const wanted = taskResults(editor.document.uri);
    const before = this.#shown.get(editor);
    // The places of marks move with the text by themselves, and only a new check says where the tasks are.
    const key = JSON.stringify([wanted, newest?.id, marks, editor.document.version]);
    if (before?.key === key) return;
    this.#shown.set(editor, { key, runningLine });
    this.#draw(editor, file, newest?.id ?? '', marks, wanted);
    if (runningLine === null || runningLine === before?.runningLine) return;
    if (!isFollowingTask(editor.document.uri)) return;
    const place = new vscode.Range(runningLine, 0, runningLine, 0);
    editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #draw(
    editor: vscode.TextEditor,
    file: WorkflowFile,
    execution: string,
    marks: readonly TaskMark[],
    wanted: TaskResults,
  ): void {
    const { document } = editor;
    const there = marks.filter(({ line }) => line < document.lineCount);
    const texts = wanted === 'text' || wanted === 'both' ? there : [];
    editor.setDecorations(
      this.#text,
      texts.map((mark) => {
        const { end } = document.lineAt(mark.line).range;
        const color = new vscode.ThemeColor(colours[mark.kind]);
        return {
          range: new vscode.Range(end, end),
          hoverMessage: hoverOf(file.folder.key, execution, mark),
          renderOptions: { after: { contentText: mark.text, color } },
        };
      }),
    );
    for (const [kind, type] of this.#icons) {
      const ofKind =
        wanted === 'gutter' || wanted === 'both' ? there.filter((mark) => mark.kind === kind) : [];
      editor.setDecorations(
        type,
        ofKind.map(({ line }) => document.lineAt(line).range),
      );
    }
  }
}

function iconType(extensionUri: vscode.Uri, kind: MarkKind): vscode.TextEditorDecorationType {
  const picture = (theme: string): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', 'gutter', `${kind}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    gutterIconSize: 'contain',
    light: { gutterIconPath: picture('light') },
    dark: { gutterIconPath: picture('dark') },
  });
}

function hoverOf(folder: string, execution: string, mark: TaskMark): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: [commandIds.openLog, commandIds.openDashboard] };
  const target = { folder, execution, task: mark.task };
  const link = (title: string, command: string, argument: object): string =>
    `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
  text.appendText(`${mark.task}: ${mark.text}`);
  text.appendMarkdown('\n\n');
  const at = mark.kind === 'failed' ? { at: 'error' } : {};
  const links = [
    ...(mark.hasLog
      ? [link(vscode.l10n.t('Open Log'), commandIds.openLog, { ...target, ...at })]
      : []),
    link(vscode.l10n.t('Show Execution'), commandIds.openDashboard, target),
  ];
  text.appendMarkdown(links.join(' · '));
  return text;
}

/** Quiet where all is well. Colours that high contrast themes have too. */
const colours: Readonly<Record<MarkKind, string>> = {
  succeeded: 'editorCodeLens.foreground',
  running: 'editorCodeLens.foreground',
  stopped: 'editorCodeLens.foreground',
  failed: 'errorForeground',
  waiting: 'editorWarning.foreground',
  warning: 'editorWarning.foreground',
};

const markKinds: readonly MarkKind[] = [
  'succeeded',
  'failed',
  'running',
  'waiting',
  'warning',
  'stopped',
];

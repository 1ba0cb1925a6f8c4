import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import { newestByAgent, type FolderState } from '../folder-state.ts';
import type { Folders } from '../folders/folders.ts';
import { decideMark, type FileMark } from './decide-decoration.ts';

/** How long changes are collected: a mark is looked at, not watched. */
const restMs = 300;

type Marks = ReadonlyMap<string, FileMark>;

/** Marks workflow files with the last result of their agent. */
export function decorateFiles(folders: Folders): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<vscode.Uri[]>());
  const known = new WeakMap<FolderState, Marks>();
  let marks: Marks = new Map();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const update = (): void => {
    timer = null;
    const before = marks;
    marks = new Map(folders.states.flatMap((state) => [...marksOf(state, known)]));
    const uris = new Set([...before.keys(), ...marks.keys()]);
    const different = [...uris].filter((uri) => !isSame(before.get(uri), marks.get(uri)));
    if (different.length > 0) changed.fire(different.map((uri) => vscode.Uri.parse(uri)));
  };
  store.add(folders.onDidChange(() => (timer ??= setTimeout(update, restMs))));
  store.add(
    toDisposable(() => {
      if (timer !== null) clearTimeout(timer);
    }),
  );
  store.add(
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: (uri) => {
        const mark = marks.get(uri.toString());
        if (mark === undefined) return undefined;
        const colour = mark.colour === null ? undefined : new vscode.ThemeColor(mark.colour);
        return new vscode.FileDecoration(mark.badge, mark.tooltip, colour);
      },
    }),
  );
  return store;
}

function marksOf(state: FolderState, known: WeakMap<FolderState, Marks>): Marks {
  const old = known.get(state);
  if (old !== undefined) return old;
  const root = vscode.Uri.parse(state.key);
  const newest = newestByAgent(state.executions);
  const marks = new Map<string, FileMark>();
  for (const { agent, path } of state.agents) {
    const mark = decideMark(agent, newest.get(agent) ?? null, vscode.l10n.t);
    if (mark !== null) marks.set(vscode.Uri.joinPath(root, path).toString(), mark);
  }
  known.set(state, marks);
  return marks;
}

function isSame(one: FileMark | undefined, other: FileMark | undefined): boolean {
  return one?.badge === other?.badge && one?.tooltip === other?.tooltip;
}

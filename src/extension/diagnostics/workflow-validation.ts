import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  DisposableStore,
  Emitter,
  toDisposable,
  type Disposable,
  type Event,
} from '../../model/disposable.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { messageOf } from '../../model/result.ts';
import { tell } from '../tell.ts';
import type { Log } from '../../engine/ports.ts';
import type { ReadYaml } from '../../engine/workflow/yaml/piece-reader.ts';
import type { ParsedWorkflow } from '../../engine/workflow/parse-workflow.ts';
import type { Folders } from '../folders/folders.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import type { Language, LanguageFunctions } from '../language.ts';
import { decideRestMs } from './decide-rest.ts';
import { isSaidBySchema } from './said-by-schema.ts';
import { toVsDiagnostic } from './to-diagnostics.ts';
import { hasYamlTool } from './yaml-tool.ts';
import {
  currentText,
  openDocument,
  workflowFileOf,
  workflowUri,
  type WorkflowFile,
} from './workflow-files.ts';

/** For what follows from a change elsewhere; well under what feels late. */
const followingMs = 100;
/** After the window opened: the editor has better things to do first. */
const idleMs = 300;

interface Known {
  readonly file: WorkflowFile;
  readonly text: string;
  readonly parsed: ParsedWorkflow;
  /** How long reading and checking it took. */
  readonly tookMs: number;
}

/** Keeps the validation messages of all workflow files current, open or not, as saved or as typed. */
export class WorkflowValidation implements Disposable {
  readonly #folders: Folders;
  readonly #language: Language;
  readonly #log: Log;
  readonly #collection = vscode.languages.createDiagnosticCollection('agent-executor-workflow');
  readonly #store = new DisposableStore();
  readonly #watched = new Map<string, Disposable>();
  readonly #known = new Map<string, Known>();
  /** Files to check again although their text is the same. */
  readonly #stale = new Set<string>();
  readonly #queue = new Map<string, vscode.Uri>();
  readonly #changed = new Emitter<void>();
  #timer: Disposable | null = null;
  /** Reads again only the tasks that changed. */
  #reader: { readonly read: ReadYaml } | null = null;
  #isWorking = false;

  /** Fires when a file's parsed form is another one. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(options: {
    readonly folders: Folders;
    readonly language: Language;
    readonly log: Log;
  }) {
    this.#folders = options.folders;
    this.#language = options.language;
    this.#log = options.log;
    this.#store.add(this.#collection);
    this.#store.add(this.#changed);
    this.#store.add(options.folders.onDidChangeSet(() => this.#watchFolders()));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
        const lastMs = this.#known.get(uri.toString())?.tookMs ?? 0;
        this.#add(uri, decideRestMs(lastMs));
      }),
    );
    // What was typed and thrown away is not in the file.
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#add(uri, followingMs)),
    );
    this.#watchFolders();
  }

  /** A file's text as it is now, parsed; null when it cannot be read or is no workflow file. */
  async parse(uri: vscode.Uri): Promise<ParsedWorkflow | null> {
    await this.#validate(uri);
    return this.parsed(uri);
  }

  /** What is known of a file without waiting. */
  parsed(uri: vscode.Uri): ParsedWorkflow | null {
    return this.#known.get(uri.toString())?.parsed ?? null;
  }

  /** The messages of a file that touch a place, for quick fixes. */
  diagnosticsOf(uri: vscode.Uri): readonly Diagnostic[] {
    return this.parsed(uri)?.diagnostics ?? [];
  }

  /** Validates all files again. */
  refresh(): void {
    this.#known.clear();
    for (const folder of this.#folders.all) this.#addAll(folder, 0);
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const watched of this.#watched.values()) watched.dispose();
    this.#store.dispose();
  }

  #watchFolders(): void {
    const folders = new Map(this.#folders.all.map((folder) => [folder.key, folder]));
    for (const watched of this.#watched.values()) watched.dispose();
    this.#watched.clear();
    for (const [key, folder] of folders) {
      const listener = folder.agentFiles.onDidChange((touched) => {
        for (const file of touched) this.#add(vscode.Uri.file(file), 0);
        this.#addAll(folder, touched.length === 0 ? idleMs : 0);
      });
      this.#watched.set(key, listener);
      this.#addAll(folder, idleMs);
    }
    for (const [key, { file }] of this.#known) {
      if (folders.get(file.folder.key) !== file.folder) this.#forget(key);
    }
  }

  /** Queues what is listed and not known, and what is known and not listed any more. */
  #addAll(folder: FolderController, delayMs: number): void {
    const listed = new Set<string>();
    for (const { path } of folder.agentFiles.files) {
      const uri = workflowUri(folder, path);
      listed.add(uri.toString());
      if (!this.#known.has(uri.toString())) this.#add(uri, delayMs);
    }
    for (const [key, { file }] of this.#known) {
      if (file.folder === folder && !listed.has(key)) this.#add(file.uri, 0);
    }
  }

  #add(uri: vscode.Uri, delayMs: number): void {
    if (this.#store.isDisposed || workflowFileOf(this.#folders, uri) === null) return;
    this.#queue.set(uri.toString(), uri);
    if (this.#isWorking) return;
    this.#timer?.dispose();
    const timer = setTimeout(() => void this.#work(), delayMs);
    this.#timer = toDisposable(() => {
      clearTimeout(timer);
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let next = this.#take(); next !== undefined; next = this.#take()) {
        await this.#validate(next);
        // One file a turn: the editor stays quick however many there are.
        await nextTurn();
        if (this.#store.isDisposed) return;
      }
    } finally {
      this.#isWorking = false;
    }
  }

  #take(): vscode.Uri | undefined {
    const [first] = this.#queue;
    if (first === undefined) return undefined;
    this.#queue.delete(first[0]);
    return first[1];
  }

  async #validate(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const file = workflowFileOf(this.#folders, uri);
    const text = file === null ? null : await currentText(uri);
    const isListed = file?.folder.agentFiles.files.some(({ path }) => path === file.path) ?? false;
    // An editor may outlive its file; what is typed into it may become one again.
    const isTyped = openDocument(uri)?.isDirty ?? false;
    if (file === null || text === null || !(isListed || isTyped)) {
      this.#forget(key);
      return;
    }
    const known = this.#known.get(key);
    const isStale = this.#stale.delete(key);
    if (!isStale && known?.text === text && known.file.folder === file.folder) return;
    try {
      const language = await this.#language.load();
      if (this.#store.isDisposed) return;
      this.#reader ??= new language.PieceReader();
      const fromMs = performance.now();
      const parsed = parse(language, file, text, this.#reader.read);
      this.#known.set(key, { file, text, parsed, tookMs: performance.now() - fromMs });
      if (known?.text !== text) this.#addUsers(file);
      this.#publish(file, known?.parsed.diagnostics ?? [], parsed.diagnostics);
      this.#tell(file.folder);
    } catch (error) {
      this.#log.error(`could not validate ${file.path}: ${messageOf(error)}`);
    }
  }

  /** What an agent declares, and whether it is there, is also checked where it is used. */
  #addUsers(changed: WorkflowFile): void {
    for (const [key, { file, text }] of this.#known) {
      if (file.folder !== changed.folder || file.path === changed.path) continue;
      if (!text.includes('uses')) continue;
      this.#stale.add(key);
      this.#add(file.uri, followingMs);
    }
  }

  #publish(file: WorkflowFile, before: readonly Diagnostic[], now: readonly Diagnostic[]): void {
    // Publishing what is there already makes the Problems view flash.
    if (JSON.stringify(before) === JSON.stringify(now)) return;
    const { uri } = file;
    // Its quick fix is offered all the same.
    const shown = hasYamlTool(file) ? now.filter((one) => !isSaidBySchema(one)) : now;
    this.#collection.set(
      uri,
      shown.map((diagnostic) => toVsDiagnostic(uri, diagnostic)),
    );
  }

  #forget(key: string): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    this.#known.delete(key);
    this.#collection.delete(known.file.uri);
    this.#addUsers(known.file);
    this.#tell(known.file.folder);
  }

  #tell(folder: FolderController): void {
    const problems = new Map<string, string>();
    for (const { file, parsed } of this.#known.values()) {
      if (file.folder !== folder || parsed.workflow !== null) continue;
      const first = parsed.diagnostics.find(({ severity }) => severity === 'error');
      const place =
        first === undefined ? '' : vscode.l10n.t('line {0}: {1}', first.line, tell(first.message));
      problems.set(file.path, place === '' ? vscode.l10n.t('not valid') : place);
    }
    folder.setProblems(problems);
    this.#changed.fire();
  }
}

function parse(
  language: LanguageFunctions,
  file: WorkflowFile,
  text: string,
  readYaml: ReadYaml,
): ParsedWorkflow {
  const { agent, path, folder } = file;
  const resolveUses = language.createUsesResolver({
    workspace: folder.folder.uri.fsPath,
    workflowsFolder: folder.settings.workflowsFolder,
    agent,
    path,
    textOf: (used) => openDocument(workflowUri(folder, used))?.getText(),
  });
  return language.parseWorkflow(text, { agent, path, readYaml, resolveUses });
}

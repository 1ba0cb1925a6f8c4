// Loads the built extension into a process that is no editor: `node --import tsx pretend-editor.ts <extension.cjs>
// <folder> [stay]`. Activates it, lets it read the folder, and ends it as the editor does with a window (not with
// `stay`). Nothing here ends the process: it goes on for as long as the extension left something behind.
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentExecutorApi } from '../../src/extension/api.ts';

interface Loader {
  _load: (id: string, ...rest: readonly unknown[]) => unknown;
}

interface Extension {
  readonly activate: (context: unknown) => AgentExecutorApi;
}

const [bundle = '', folder = '', stay] = process.argv.slice(2);

/** Answers everything with something that answers everything. */
function anything(name: string): unknown {
  // Not an arrow: it may be constructed, too.
  const target = function (): void {};
  return new Proxy(target, {
    get: (_target, key) => {
      if (key === 'then' || typeof key === 'symbol') return undefined;
      return key === 'toString' ? () => name : anything(`${name}.${key}`);
    },
    set: () => true,
    apply: () => anything(`${name}()`),
    construct: () => anything(name) as object,
  });
}

/** These answers, and anything for all the rest. */
function partly(name: string, known: Readonly<Record<string, unknown>>): object {
  return new Proxy(known, {
    get: (_target, key) => {
      if (typeof key === 'symbol') return undefined;
      return key in known ? known[key] : anything(`${name}.${key}`);
    },
  });
}

class EventEmitter {
  readonly #listeners = new Set<(value: unknown) => void>();
  readonly event = (listener: (value: unknown) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

const uri = (file: string) => ({ scheme: 'file', fsPath: file, path: file, toString: () => file });
const workspaceFolder = { uri: uri(folder), name: 'pretended', index: 0 };
const store = { get: (_key: string, value: unknown) => value, update: () => Promise.resolve() };

const vscode = partly('vscode', {
  EventEmitter,
  Uri: partly('Uri', {
    file: uri,
    parse: uri,
    joinPath: (base: { fsPath: string }, ...more: string[]) => uri(path.join(base.fsPath, ...more)),
  }),
  workspace: partly('workspace', {
    isTrusted: true,
    textDocuments: [],
    workspaceFolders: [workspaceFolder],
    getWorkspaceFolder: () => workspaceFolder,
    getConfiguration: () => ({ ...store, inspect: () => undefined }),
  }),
  window: partly('window', { visibleTextEditors: [], activeTextEditor: undefined }),
});

const loader = Module as unknown as Loader;
const load = loader._load.bind(Module);
// The bundle copies what the module has by itself; what it inherits stays with the proxy.
loader._load = (id, ...rest) =>
  id === 'vscode' ? (Object.create(vscode) as unknown) : load(id, ...rest);

const { activate } = createRequire(import.meta.url)(bundle) as Extension;
const root = path.resolve(bundle, '../..');
const subscriptions: { dispose(): void }[] = [];
const api = activate({
  subscriptions,
  extensionUri: uri(root),
  asAbsolutePath: (file: string) => path.join(root, file),
  workspaceState: store,
  secrets: anything('secrets'),
});
await api.ready;
// Watchers are up and the next looks are due by then.
await sleep(500);
console.log(
  api
    .listAgents()
    .map(({ id }) => id)
    .join(),
);
if (stay === undefined) for (const item of subscriptions.reverse()) item.dispose();

import type * as vscode from 'vscode';

/**
 * Secrets of workspace folders, in the editor's secret storage. Each folder has its own: a workflow of another folder
 * cannot ask for them by name.
 */
export class Secrets {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** Names that have a value in a folder, sorted. */
  async namesOf(folder: string): Promise<readonly string[]> {
    const start = keyOf(folder, '');
    const keys = await this.#storage.keys();
    return keys
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length))
      .sort();
  }

  /** All values of a folder, for the runner's standard input; never for a log or a view. */
  async valuesOf(folder: string): Promise<Readonly<Record<string, string>>> {
    const names = await this.namesOf(folder);
    const values = await Promise.all(
      names.map(async (name) => [name, await this.#storage.get(keyOf(folder, name))] as const),
    );
    return Object.fromEntries(
      values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }

  /** Keeps a value, in place of one that was there. */
  async set(folder: string, name: string, value: string): Promise<void> {
    await this.#storage.store(keyOf(folder, name), value);
  }

  /** Forgets a value. */
  async remove(folder: string, name: string): Promise<void> {
    await this.#storage.delete(keyOf(folder, name));
  }
}

/** A space cannot be in an encoded address, so folder and name never run into each other. */
function keyOf(folder: string, name: string): string {
  return `secret ${folder} ${name}`;
}

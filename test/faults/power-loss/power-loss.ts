/**
 * What a disk may hold after the power failed. `strict` is what POSIX allows: of what was not synced any part may be
 * there, names and data apart. `ordered` is ext4 as it is usually mounted: names come in order, and any sync brings all
 * names before it.
 */
import path from 'node:path';
import { between, type Random } from '../storm/seeded-random.ts';
import type { MemoryNode } from './memory-disk.ts';
import type { DiskStep } from './recording-disk.ts';

/** How a file system treats what was not synced. */
export type DiskModel = 'strict' | 'ordered';

interface ModelNode {
  readonly ino: number;
  data: Buffer;
  synced: Buffer;
  /** Names as processes see them, and those that are on the disk for certain. */
  readonly entries: Map<string, ModelNode> | null;
  readonly durable: Map<string, ModelNode>;
}

/** A change of the names in one folder that is not on the disk for certain. */
interface Pending {
  readonly folder: ModelNode;
  readonly remove: string | null;
  readonly add: readonly [name: string, node: ModelNode] | null;
}

/** Follows the steps of a recording, and makes states that a power loss may leave. */
export class PowerLoss {
  readonly #root: string;
  readonly #model: DiskModel;
  readonly #top: ModelNode;
  #pending: Pending[] = [];
  #inos = 0;

  /** `root` is an empty folder that was there before the first step. */
  constructor(root: string, model: DiskModel) {
    this.#root = root;
    this.#model = model;
    this.#top = this.#node(true);
  }

  /** Takes the next step. */
  take(step: DiskStep<unknown>): void {
    switch (step.kind) {
      case 'create':
      case 'mkdir':
        this.#add(step.path, this.#node(step.kind === 'mkdir'));
        return;
      case 'write': {
        const node = this.#find(step.path);
        node.data = Buffer.concat([node.data, step.bytes]);
        return;
      }
      case 'sync':
        this.#sync(this.#find(step.path));
        return;
      case 'rename':
        this.#rename(step.from, step.to);
        return;
      case 'link':
        this.#add(step.to, this.#find(step.from));
        return;
      case 'unlink':
      case 'rmdir':
      case 'remove':
        this.#remove(step.path);
        return;
      case 'told':
        return;
    }
  }

  /** One of the states that the disk may be in if the power fails now. */
  strike(random: Random): MemoryNode {
    // All, none or some of each: the extremes are where most goes wrong.
    const share = [0, 1, random()][between(random, 0, 2)]!;
    const names = new Map<ModelNode, Map<string, ModelNode>>();
    const kept = Math.round(share * this.#pending.length);
    this.#pending.forEach((change, index) => {
      const isThere = this.#model === 'ordered' ? index < kept : random() < share;
      if (!isThere) return;
      const entries = names.get(change.folder) ?? new Map(change.folder.durable);
      names.set(change.folder, entries);
      if (change.remove !== null) entries.delete(change.remove);
      if (change.add !== null) entries.set(...change.add);
    });
    const made = new Map<ModelNode, MemoryNode>();
    const copy = (node: ModelNode): MemoryNode => {
      const known = made.get(node);
      if (known !== undefined) return known;
      const isFolder = node.entries !== null;
      const data = isFolder ? Buffer.alloc(0) : this.#dataAfter(node, random);
      const entries = isFolder ? new Map<string, MemoryNode>() : null;
      const result: MemoryNode = { ino: node.ino, data, entries };
      made.set(node, result);
      for (const [name, child] of names.get(node) ?? node.durable) entries?.set(name, copy(child));
      return result;
    };
    return copy(this.#top);
  }

  #dataAfter(node: ModelNode, random: Random): Buffer {
    const { data, synced } = node;
    if (data.length === synced.length) return data;
    const length = between(random, synced.length, data.length);
    switch (between(random, 0, this.#model === 'strict' ? 3 : 2)) {
      case 0:
        return synced;
      case 1:
        return data;
      case 2:
        return data.subarray(0, length);
      default:
        // The length came, the bytes did not.
        return Buffer.concat([synced, Buffer.alloc(length - synced.length)]);
    }
  }

  #sync(node: ModelNode): void {
    if (node.entries === null) node.synced = node.data;
    const isNow = (change: Pending): boolean => this.#model === 'ordered' || change.folder === node;
    for (const change of this.#pending.filter(isNow)) {
      if (change.remove !== null) change.folder.durable.delete(change.remove);
      if (change.add !== null) change.folder.durable.set(...change.add);
    }
    this.#pending = this.#pending.filter((change) => !isNow(change));
  }

  #rename(from: string, to: string): void {
    const node = this.#find(from);
    const [source, target] = [this.#find(path.dirname(from)), this.#find(path.dirname(to))];
    source.entries!.delete(path.basename(from));
    target.entries!.set(path.basename(to), node);
    const add = [path.basename(to), node] as const;
    if (source === target) {
      this.#pending.push({ folder: source, remove: path.basename(from), add });
    } else {
      this.#pending.push({ folder: target, remove: null, add });
      this.#pending.push({ folder: source, remove: path.basename(from), add: null });
    }
  }

  #add(file: string, node: ModelNode): void {
    const folder = this.#find(path.dirname(file));
    folder.entries!.set(path.basename(file), node);
    this.#pending.push({ folder, remove: null, add: [path.basename(file), node] });
  }

  #remove(file: string): void {
    const folder = this.#find(path.dirname(file));
    if (!folder.entries!.delete(path.basename(file))) return;
    this.#pending.push({ folder, remove: path.basename(file), add: null });
  }

  #find(file: string): ModelNode {
    let node = this.#top;
    if (file === this.#root) return node;
    for (const name of path.relative(this.#root, file).split(path.sep)) {
      const next = node.entries?.get(name);
      if (next === undefined) throw new Error(`the recording has no ${file}`);
      node = next;
    }
    return node;
  }

  #node(isFolder: boolean): ModelNode {
    this.#inos += 1;
    const none = Buffer.alloc(0);
    const entries = isFolder ? new Map<string, ModelNode>() : null;
    return { ino: this.#inos, data: none, synced: none, entries, durable: new Map() };
  }
}

import type * as vscode from 'vscode';
import { Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import { memoryKeys } from '../ids.ts';
import { addHandled, isHandled, readHandled, type Handled } from './decide-handled.ts';
import type { RunProblem } from './find-run-problems.ts';

/** The failures that a person has dealt with, remembered for this workspace. */
export class HandledFailures implements Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new Emitter<void>();
  #handled: Handled;

  /** Fires when a failure is taken away or comes back. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#handled = readHandled(memory.get(memoryKeys.handled));
  }

  /** Whether a problem is to be shown no more. */
  has(problem: RunProblem): boolean {
    return isHandled(this.#handled, problem);
  }

  /** Takes problems away, also after a reload. */
  add(problems: readonly RunProblem[]): Thenable<void> {
    return this.#set(addHandled(this.#handled, problems));
  }

  /** Brings all of them back. */
  clear(): Thenable<void> {
    return this.#set({});
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(handled: Handled): Thenable<void> {
    this.#handled = handled;
    this.#changed.fire();
    return this.#memory.update(memoryKeys.handled, handled);
  }
}

import { Emitter, type Disposable } from '../model/disposable.ts';

/**
 * Whether anybody can see this window, as far as that is known: VS Code tells who has the focus, not who is behind another
 * window, but a page in it knows. Without a page in front it counts as seen.
 */
export class WindowSight implements Disposable {
  readonly #changed = new Emitter<boolean>();
  readonly #sent = new Emitter<void>();
  readonly #blindPages = new Set<object>();

  readonly onDidChange = this.#changed.event;

  /** Fires when a page in front has been sent something to draw: all of a window is drawn by one thread. */
  readonly onDidSend = this.#sent.event;

  /** What `onDidChange` told last. */
  get isSeen(): boolean {
    return this.#blindPages.size === 0;
  }

  /** A page that is in front in this window can be seen, or cannot; one that is gone tells nothing any more. */
  tell(page: object, isSeen: boolean): void {
    const before = this.isSeen;
    if (isSeen) this.#blindPages.delete(page);
    else this.#blindPages.add(page);
    if (this.isSeen !== before) this.#changed.fire(this.isSeen);
  }

  /** A page that is in front was sent something to draw. */
  tellSent(): void {
    this.#sent.fire();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#sent.dispose();
  }
}

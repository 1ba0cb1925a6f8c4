import { Emitter, type Disposable } from '../model/disposable.ts';

/**
 * What the pages of a window tell of it. Whether anybody can see it, as far as that is known: VS Code tells who has the focus,
 * not who is behind another window, but a page in it knows; without a page in front it counts as seen. And whether they have
 * painted what they were sent.
 */
export class WindowSight implements Disposable {
  readonly #changed = new Emitter<boolean>();
  readonly #blindPages = new Set<object>();
  readonly #painted = new Emitter<void>();
  readonly #paintingPages = new Set<object>();

  readonly onDidChange = this.#changed.event;
  /** Fires when the last page that had a change to paint has painted it. */
  readonly onDidPaint = this.#painted.event;

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

  /** True while a page was sent a change that it has not painted yet. */
  get isPainting(): boolean {
    return this.#paintingPages.size > 0;
  }

  /** A page was sent a change, or has painted all it was sent, or is gone. */
  tellPainting(page: object, isPainting: boolean): void {
    if (isPainting) this.#paintingPages.add(page);
    else if (this.#paintingPages.delete(page) && !this.isPainting) this.#painted.fire();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#painted.dispose();
  }
}

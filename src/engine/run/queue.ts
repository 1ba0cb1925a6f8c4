/** Numbers, first in, first out, without moving what stays. */
export class Queue {
  #items: number[] = [];
  #head = 0;

  /** Adds at the end. */
  put(item: number): void {
    this.#items.push(item);
  }

  /** Takes the first; undefined when there is none. */
  take(): number | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

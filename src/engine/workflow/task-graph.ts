/** What a graph needs of a task. */
export interface GraphTask {
  readonly id: string;
  readonly isFinally: boolean;
  readonly needs: readonly { readonly id: string }[];
}

/** Questions about who comes before whom, over the `needs` of a file that may still be wrong. */
export class TaskGraph {
  readonly #indexOf = new Map<string, number>();
  readonly #needs: readonly (readonly number[])[];
  #ancestors: readonly Uint32Array[] | null = null;

  /** Needs that name no task of the same part are left out; of two tasks with one id the first counts. */
  constructor(tasks: readonly GraphTask[]) {
    tasks.forEach((task, index) => {
      if (!this.#indexOf.has(task.id)) this.#indexOf.set(task.id, index);
    });
    this.#needs = tasks.map((task) => {
      const found: number[] = [];
      for (const { id } of task.needs) {
        const index = this.#indexOf.get(id);
        if (index !== undefined && tasks[index]?.isFinally === task.isFinally) found.push(index);
      }
      return found;
    });
  }

  /** Whether `ancestor` is a direct or indirect need of `task`. */
  isBefore(ancestor: string, task: string): boolean {
    const from = this.#indexOf.get(task);
    const to = this.#indexOf.get(ancestor);
    if (from === undefined || to === undefined) return false;
    if (this.#needs[from]?.includes(to) === true) return true;
    this.#ancestors ??= this.#findAncestors();
    return ((this.#ancestors[from]?.[to >> 5] ?? 0) & (1 << (to & 31))) !== 0;
  }

  /** One cycle for each knot of tasks that need each other: indexes, each needing the next, the last the first. */
  findCycles(): readonly (readonly number[])[] {
    return this.#findKnots().map((knot) => this.#shortestCycle(knot));
  }

  /** One bit a task and ancestor: 500 KB for 2,000 tasks, and a union is a few words. */
  #findAncestors(): readonly Uint32Array[] {
    const count = this.#needs.length;
    const words = (count + 31) >> 5;
    const found: Uint32Array[] = Array.from({ length: count }, () => new Uint32Array(words));
    for (const index of this.#orderByNeeds()) {
      const own = found[index];
      if (own === undefined) continue;
      for (const need of this.#needs[index] ?? []) {
        own[need >> 5] = (own[need >> 5] ?? 0) | (1 << (need & 31));
        const theirs = found[need];
        if (theirs === undefined || theirs === own) continue;
        for (let word = 0; word < words; word += 1)
          own[word] = (own[word] ?? 0) | (theirs[word] ?? 0);
      }
    }
    return found;
  }

  /** Needs before those who need them; the order inside a cycle is any. */
  #orderByNeeds(): readonly number[] {
    const order: number[] = [];
    const state = new Uint8Array(this.#needs.length);
    for (let root = 0; root < this.#needs.length; root += 1) {
      if (state[root] !== 0) continue;
      const open = [root];
      while (open.length > 0) {
        const index = open[open.length - 1] ?? 0;
        if (state[index] === 0) {
          state[index] = 1;
          for (const need of this.#needs[index] ?? []) if (state[need] === 0) open.push(need);
          continue;
        }
        open.pop();
        if (state[index] === 1) {
          state[index] = 2;
          order.push(index);
        }
      }
    }
    return order;
  }

  /** Strongly connected components of two or more tasks, in file order (Tarjan, with a stack of its own). */
  #findKnots(): readonly (readonly number[])[] {
    const count = this.#needs.length;
    const numbers = new Int32Array(count).fill(-1);
    const lows = new Int32Array(count);
    const isOnStack = new Uint8Array(count);
    const stack: number[] = [];
    const knots: number[][] = [];
    let next = 0;
    for (let root = 0; root < count; root += 1) {
      if (numbers[root] !== -1) continue;
      const open = [{ index: root, at: 0 }];
      while (open.length > 0) {
        const frame = open[open.length - 1];
        if (frame === undefined) break;
        const { index } = frame;
        if (frame.at === 0) {
          numbers[index] = next;
          lows[index] = next;
          next += 1;
          stack.push(index);
          isOnStack[index] = 1;
        }
        const need = this.#needs[index]?.[frame.at];
        frame.at += 1;
        if (need !== undefined) {
          if (numbers[need] === -1) open.push({ index: need, at: 0 });
          else if (isOnStack[need] === 1)
            lows[index] = Math.min(lows[index] ?? 0, numbers[need] ?? 0);
          continue;
        }
        open.pop();
        const parent = open[open.length - 1];
        if (parent !== undefined) {
          lows[parent.index] = Math.min(lows[parent.index] ?? 0, lows[index] ?? 0);
        }
        if (lows[index] !== numbers[index]) continue;
        const knot: number[] = [];
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          isOnStack[member] = 0;
          knot.push(member);
          if (member === index) break;
        }
        if (knot.length > 1) knots.push(knot.sort((left, right) => left - right));
      }
    }
    return knots.sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0));
  }

  /** From the first task of the knot along needs back to it, by the shortest way. */
  #shortestCycle(knot: readonly number[]): readonly number[] {
    const start = knot[0] ?? 0;
    const members = new Set(knot);
    const cameFrom = new Map<number, number>();
    const queue = [start];
    for (let at = 0; at < queue.length; at += 1) {
      const index = queue[at] ?? 0;
      for (const need of this.#needs[index] ?? []) {
        if (need === start) {
          const trail = [index];
          for (let back = index; back !== start;) {
            back = cameFrom.get(back) ?? start;
            trail.unshift(back);
          }
          return trail;
        }
        if (!members.has(need) || cameFrom.has(need)) continue;
        cameFrom.set(need, index);
        queue.push(need);
      }
    }
    return knot;
  }
}

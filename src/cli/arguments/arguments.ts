/** What was given to a command, checked against its spec. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #options: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], options: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#options = options;
  }

  /** True when the option was given. */
  has(name: string): boolean {
    return this.#options.has(name);
  }

  /** The last value of an option, or undefined. */
  value(name: string): string | undefined {
    return this.#options.get(name)?.at(-1);
  }

  /** All values of a repeatable option, in order. */
  values(name: string): readonly string[] {
    return this.#options.get(name) ?? [];
  }
}

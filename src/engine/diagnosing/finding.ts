/** One thing that `doctor` looked at. */
export interface Finding {
  /** `fine` needs nothing, `note` is worth knowing, `repaired` was wrong and is not any more, `problem` needs somebody. */
  readonly level: 'fine' | 'note' | 'repaired' | 'problem';
  /** What was looked at: stable and kebab-case. */
  readonly check: string;
  /** In words, for a person who has never seen the state folder. */
  readonly message: string;
  /** What to do; null where there is nothing to do. */
  readonly advice: string | null;
}

/** A finding without advice. */
export function fine(check: string, message: string): Finding {
  return { level: 'fine', check, message, advice: null };
}

/** Something to know. */
export function note(check: string, message: string, advice: string | null = null): Finding {
  return { level: 'note', check, message, advice };
}

/** Something that needs somebody. */
export function problem(check: string, message: string, advice: string): Finding {
  return { level: 'problem', check, message, advice };
}

/** Something that was wrong until now. */
export function repaired(check: string, message: string): Finding {
  return { level: 'repaired', check, message, advice: null };
}

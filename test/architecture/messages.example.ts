// Read by texts.test.ts, and never run: which of these are messages for a person?
export function say(task: string, other: string): readonly string[] {
  if (task === 'not a message') throw new Error('this is a bug of ours');
  return [
    `the task "${task}" is gone; did you mean "${other}"?`,
    'always the same; in two clauses',
  ];
}

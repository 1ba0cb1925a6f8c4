/** Words by which tools tell of a failure, but not "0 errors". The last two are crosses that were read byte by byte. */
const failure =
  /\b(?:error|fatal|panic|traceback|failed|failure|err!)|(?:error|exception)s?\b|[\u2716\u2717]|\u00e2\u009c[\u0096\u0097]/i;
const noFailure =
  /\b(?:0|no|without) (?:errors?|failures?|failed|exceptions?)\b|\b(?:errors?|failed|failures?)[:=] ?0\b/i;

/** A line of a log that says what went wrong. */
export interface ErrorLine {
  /** Counted from 0. */
  readonly line: number;
  readonly text: string;
}

/** Whether a line of a log, without the codes of a terminal, tells of a failure. */
export function tellsOfFailure(line: string): boolean {
  return failure.test(line) && !noFailure.test(line);
}

/**
 * Where the log of a failed task is worth reading: the first line that tells of a failure, else the last one that is
 * not empty. Null for a log without any text.
 */
export function findErrorLine(text: string): ErrorLine | null {
  let last: ErrorLine | null = null;
  let line = 0;
  for (let from = 0; from < text.length; line += 1) {
    const lineEnd = text.indexOf('\n', from);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const found = { line, text: text.slice(from, end).trim() };
    if (found.text !== '') {
      if (tellsOfFailure(found.text)) return found;
      last = found;
    }
    from = end + 1;
  }
  return last;
}

import type { Rule } from './rule.ts';

/** A matrix gives at least one combination and not too many, each once. */
export const matrix: Rule = {
  codes: ['bad-matrix', 'matrix-too-large', 'number-text', 'bad-id'],
  check({ matrices }, reporter) {
    for (const { problems } of matrices.values()) {
      for (const { code, message, severity, ...span } of problems) {
        const text = /write ('.*') to keep/.exec(message)?.[1];
        reporter.report(span, code, message, {
          severity,
          ...(code === 'number-text' && text !== undefined
            ? { fix: { title: `Write ${text}`, edits: [{ span, text }] } }
            : {}),
        });
      }
    }
  },
};

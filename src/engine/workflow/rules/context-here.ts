import { statusFunctionNames } from '../../expressions/status-functions.ts';
import { spanInExpression } from '../analyze-expressions.ts';
import { sites, type Site } from '../keys/sites.ts';
import type { Rule } from './rule.ts';

/** Expressions use the contexts and functions their place has. */
export const contextHere: Rule = {
  codes: ['context-not-here', 'status-not-here'],
  check({ source, expressions }, reporter) {
    for (const use of expressions.uses) {
      if (reporter.isFull) return;
      const site: Site = sites[use.use.site];
      for (const reference of use.references) {
        // In `run` what is left out is unsafe, and reported as that.
        if (site.isShellText || site.contexts.some((name) => name === reference.context)) continue;
        const message = `\`${reference.context}\` is not available ${site.words}${reasonOf(reference.context)}`;
        reporter.report(spanInExpression(source.text, use, reference), 'context-not-here', message);
      }
      if (site.hasStatus) continue;
      for (const call of use.calls) {
        if (!statusFunctionNames.has(call.name)) continue;
        const message = `\`${call.name}()\` can be asked only in \`if\`, not ${site.words}`;
        reporter.report(spanInExpression(source.text, use, call), 'status-not-here', message);
      }
    }
  },
};

function reasonOf(context: string): string {
  if (context === 'secrets') return ': its text is shown and stored';
  if (context === 'tasks') return ': no task is over yet';
  if (context === 'matrix') return ': it belongs to one task';
  return '';
}

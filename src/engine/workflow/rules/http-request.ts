import { valueOf } from '../yaml/yaml-node.ts';
import type { Rule } from './rule.ts';

/** The address of a request can be one. */
export const httpRequest: Rule = {
  codes: ['bad-url'],
  check({ source }, reporter) {
    for (const task of source.tasks) {
      const http = task.entries.get('http')?.value;
      const url = http?.kind === 'scalar' ? http : valueOf(http, 'url');
      if (url?.kind !== 'scalar' || url.text.trim() === '') continue;
      const text = url.text;
      // What an expression gives is known only later; the scheme must be right where it is written.
      const isRight = text.includes('${{')
        ? /^(https?:\/\/|\$\{\{)/i.test(text)
        : /^https?:\/\//i.test(text) && URL.canParse(text);
      if (isRight) continue;
      const message = `"${text}" is no URL; it starts with https:// or http://`;
      reporter.report(url, 'bad-url', message);
    }
  },
};

import { scalarsOf } from '../workflow-source.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';
import type { Rule } from './rule.ts';

/** Secrets are named as environment variables are, each once. */
export const secrets: Rule = {
  codes: ['bad-secret'],
  check({ source }, reporter) {
    const seen = new Map<string, YamlScalar>();
    for (const item of scalarsOf(source.entries.get('secrets')?.value)) {
      const first = seen.get(item.text);
      if (first !== undefined) {
        reporter.report(item, 'bad-secret', `the secret "${item.text}" is here twice`, {
          related: [{ start: first.start, end: first.end, message: 'it is first here' }],
        });
      } else if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(item.text) || item.text === '__proto__') {
        const message = `"${item.text}" cannot be the name of a secret; use letters, digits and \`_\``;
        reporter.report(item, 'bad-secret', message);
      } else seen.set(item.text, item);
    }
  },
};

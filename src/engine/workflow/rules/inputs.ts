import { buildInput } from '../build/build-inputs.ts';
import { checkInput, compilePattern } from '../check-inputs.ts';
import type { Reporter } from '../reporter.ts';
import { scalarsOf } from '../workflow-source.ts';
import { entryOf, type YamlEntry } from '../yaml/yaml-node.ts';
import type { Rule } from './rule.ts';

/** Patterns can be compiled, options are there for a choice, a default is a value one could give. */
export const inputs: Rule = {
  codes: ['bad-pattern', 'bad-options', 'bad-default'],
  check({ source }, reporter) {
    for (const entry of source.inputs.values()) {
      if (entry.value.kind !== 'map') continue;
      const isRight = [checkPattern(entry, reporter), checkOptions(entry, reporter)].every(Boolean);
      if (isRight) checkDefault(entry, reporter);
    }
  },
};

function checkPattern(input: YamlEntry, reporter: Reporter): boolean {
  const pattern = entryOf(input.value, 'pattern');
  if (pattern?.value.kind !== 'scalar' || pattern.value.value === null) return true;
  const { type } = buildInput(input);
  if (type === 'choice' || type === 'boolean') {
    const message = `\`pattern\` has no effect on an input of type ${type}`;
    reporter.report(pattern.key, 'bad-pattern', message);
    return false;
  }
  if (compilePattern(pattern.value.text) !== null) return true;
  const message = `"${pattern.value.text}" is no regular expression${reasonOf(pattern.value.text)}`;
  reporter.report(pattern.value, 'bad-pattern', message);
  return false;
}

function reasonOf(pattern: string): string {
  try {
    new RegExp(pattern);
    return '';
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').at(-1) : undefined;
    return reason === undefined ? '' : `: ${reason.toLowerCase()}`;
  }
}

function checkOptions(input: YamlEntry, reporter: Reporter): boolean {
  const options = entryOf(input.value, 'options');
  const { type } = buildInput(input);
  if (type !== 'choice') {
    if (options === undefined) return true;
    const message = `\`options\` belongs to inputs of type choice, and "${input.key.text}" is ${type}`;
    reporter.report(options.key, 'bad-options', message);
    return false;
  }
  const items = scalarsOf(options?.value);
  if (items.length === 0) {
    const message = `the choice "${input.key.text}" needs \`options\`, a list of at least one`;
    reporter.report(options?.key ?? input.key, 'bad-options', message);
    return false;
  }
  const seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.text)) {
      reporter.report(item, 'bad-options', `the option "${item.text}" is here twice`);
    }
    seen.add(item.text);
  }
  return true;
}

function checkDefault(input: YamlEntry, reporter: Reporter): void {
  const node = entryOf(input.value, 'default')?.value;
  if (node?.kind !== 'scalar' || node.value === null) return;
  if (node.text.includes('${{')) {
    const message = 'a default is a fixed value; expressions are not evaluated here';
    reporter.report(node, 'bad-default', message);
    return;
  }
  const spec = buildInput(input);
  const checked = checkInput({ ...spec, default: null }, spec.default);
  if (!checked.ok) reporter.report(node, 'bad-default', `the default: ${checked.error.message}`);
}

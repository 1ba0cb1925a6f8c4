import { isUsesPath } from '../agent-id.ts';
import { checkInput } from '../check-inputs.ts';
import type { Reporter } from '../reporter.ts';
import type { UsesTarget } from '../uses-target.ts';
import { planEntry } from '../plan-entry.ts';
import type { TaskSource } from '../workflow-source.ts';
import type { YamlEntry, YamlScalar } from '../yaml/yaml-node.ts';
import type { Rule } from './rule.ts';

/** What is used exists, does not come back to itself, and gets the inputs it asks for. */
export const uses: Rule = {
  codes: [
    'unknown-uses',
    'uses-recursion',
    'uses-too-deep',
    'unknown-argument',
    'missing-argument',
    'bad-argument',
  ],
  check({ source }, reporter) {
    const { resolveUses } = source.context;
    if (resolveUses === undefined) return;
    for (const task of source.tasks) {
      const entry = task.entries.get('uses');
      if (entry?.value.kind !== 'scalar' || entry.value.text.trim() === '') continue;
      const target = resolveUses(entry.value.text);
      if (target.kind === 'found') checkArguments(task, entry, target, source.text, reporter);
      else reportTarget(entry.value, target, reporter);
    }
  },
};

function reportTarget(
  value: YamlScalar,
  target: Exclude<UsesTarget, { kind: 'found' }>,
  reporter: Reporter,
): void {
  switch (target.kind) {
    case 'missing':
      if (/\.ya?ml$/.test(value.text) && !isUsesPath(value.text)) {
        const message = `there is no agent "${value.text}"; a path starts with ./, an agent id has no extension`;
        reporter.report(value, 'unknown-uses', message);
        return;
      }
      reporter.reportWord(
        value,
        'unknown-uses',
        `there is no agent "${value.text}" (no file ${target.looked})`,
        value.text,
        target.agents,
      );
      return;
    case 'outside': {
      const message = `"${value.text}" is no agent id and no path (./…) to a workflow file in ${target.folder}`;
      reporter.report(value, 'unknown-uses', message);
      return;
    }
    case 'recursive': {
      const message = `"${value.text}" runs itself again: ${target.trail.join(' → ')}`;
      reporter.report(value, 'uses-recursion', message);
      return;
    }
    case 'too-deep': {
      const message = `workflows use each other more than ${target.limit} levels deep from here`;
      reporter.report(value, 'uses-too-deep', message);
    }
  }
}

function checkArguments(
  task: TaskSource,
  uses: YamlEntry,
  target: Extract<UsesTarget, { kind: 'found' }>,
  text: string,
  reporter: Reporter,
): void {
  if (target.inputs === null) return;
  const given = task.entries.get('with');
  if (given !== undefined && given.value.kind !== 'map' && given.value.end > given.value.start)
    return;
  const args = given?.value.kind === 'map' ? given.value.entries : [];
  const names = target.inputs.map((input) => input.name);
  for (const { key, value } of args) {
    const spec = target.inputs.find((input) => input.name === key.text);
    if (spec === undefined) {
      const message = `"${target.agent}" has no input "${key.text}"`;
      reporter.reportWord(key, 'unknown-argument', message, key.text, names);
    } else if (value.kind === 'scalar' && !value.text.includes('${{')) {
      const typed = value.value === null || spec.type === 'string' ? value.text : value.value;
      const isLeftOut = typed === '' && !spec.required;
      const checked = checkInput(spec, typed);
      if (!isLeftOut && !checked.ok) {
        reporter.report(
          value.end > value.start ? value : key,
          'bad-argument',
          checked.error.message,
        );
      }
    }
  }
  for (const spec of target.inputs) {
    if (!spec.required || spec.default !== null) continue;
    if (args.some(({ key }) => key.text === spec.name)) continue;
    const message = `"${target.agent}" requires the input "${spec.name}"; add it to \`with\``;
    const edit = task.map === null ? null : planEntry(text, task.map, 'with', `${spec.name}: ''`);
    const fix =
      edit === null ? {} : { fix: { title: `Add "${spec.name}" to with`, edits: [edit] } };
    reporter.report(given?.key ?? uses.value, 'missing-argument', message, fix);
  }
}

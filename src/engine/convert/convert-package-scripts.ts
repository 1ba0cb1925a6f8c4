import { Draft, needsOf, type Target } from './draft.ts';
import { mapOf, textOf, type Data } from './read-data.ts';
import { quoteWord } from './quote-word.ts';

/** Scripts that check or make something and end by themselves. */
const usual = /^(lint|check|format:check|types?|type-?check|build|compile|test|test:unit)$/;
/** Scripts that the package manager runs by itself, and those that never end. */
const unusual = /^(pre|post)[a-z]|^(prepare|dev|start|serve|watch)\b|:watch$/;

/** The scripts of a package.json. */
export function listPackageScripts(data: Data): readonly Target[] {
  return Object.entries(mapOf(data['scripts'])).flatMap(([name, command]) => {
    const description = textOf(command);
    if (description === undefined) return [];
    return [{ name, description, isDefault: usual.test(name) && !unusual.test(name) }];
  });
}

/** A task for each chosen script, and for the scripts that they only call one after another. */
export function convertPackageScripts(data: Data, targets: readonly string[]): Draft {
  const draft = new Draft();
  const name = textOf(data['name']);
  draft.head['name'] = name === undefined ? 'Scripts' : `Scripts of ${name}`;
  const scripts = new Map(
    Object.entries(mapOf(data['scripts'])).map(([key, value]) => [key, textOf(value) ?? '']),
  );
  const manager = /^(npm|pnpm|yarn|bun)@/.exec(textOf(data['packageManager']) ?? '')?.[1] ?? 'npm';
  const ends = new Map<string, readonly string[]>();

  /** Adds a script after some tasks; what to need for all of it. */
  const add = (
    script: string,
    after: readonly string[],
    open: readonly string[],
  ): readonly string[] => {
    const known = ends.get(script);
    if (known !== undefined) {
      if (after.length > 0) {
        draft.leave(`the second call of ${script}`, 'a task runs once in an execution.');
      }
      return known;
    }
    const command = scripts.get(script) ?? '';
    const hooks = [`pre${script}`, `post${script}`].some((hook) => scripts.has(hook));
    const parts = hooks || open.includes(script) ? null : partsOf(command, scripts);
    if (parts === null) {
      if (unusual.test(script)) {
        draft.leave(script, 'it may never end by itself; the workflow would wait for it.');
      }
      const id = draft.freeId(script);
      draft.add(id, {
        name: id === script ? undefined : script,
        needs: needsOf(after),
        run: `${manager} run ${quoteWord(script)}`,
      });
      ends.set(script, [id]);
      return [id];
    }
    let last = after;
    for (const together of parts) {
      last = together.flatMap((one) => add(one, last, [...open, script]));
    }
    ends.set(script, last);
    return last;
  };
  for (const target of targets) if (scripts.has(target)) add(target, [], []);
  return draft;
}

/** The scripts that a command calls, those at the same time together; null when it does anything else. */
function partsOf(
  command: string,
  scripts: ReadonlyMap<string, string>,
): readonly string[][] | null {
  const parts: string[][] = [];
  for (const step of command.split('&&').map((one) => one.trim())) {
    const one = /^(?:npm|pnpm|yarn|bun) run (?:-s |--silent )?([\w:.-]+)$/.exec(step)?.[1];
    const many = /^(run-s|run-p|npm-run-all)((?: [\w:.-]+)+)$/.exec(step);
    const names = (many?.[2] ?? '').trim().split(' ');
    if (one !== undefined) parts.push([one]);
    else if (many === null || names.some((name) => name.startsWith('-'))) return null;
    else if (many[1] === 'run-p') parts.push(names);
    else parts.push(...names.map((name) => [name]));
  }
  return parts.flat().every((name) => scripts.has(name)) ? parts : null;
}

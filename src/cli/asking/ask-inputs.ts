import { checkInput } from '../../engine/workflow/check-inputs.ts';
import type { InputSpec } from '../../model/workflow.ts';
import { ask } from './ask.ts';
import { cleanLine } from '../drawing/text-width.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Asks for the required inputs that were not given and have no default, each until it is right. Null when the
 * person gave up.
 */
export async function askInputs(
  terminal: Terminal,
  specs: readonly InputSpec[],
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | null> {
  const answers: Record<string, string> = { ...given };
  for (const spec of specs) {
    if (!spec.required || spec.default !== null || Object.hasOwn(answers, spec.name)) continue;
    const answer = await askInput(terminal, spec);
    if (answer === null) return null;
    answers[spec.name] = answer;
  }
  return answers;
}

async function askInput(terminal: Terminal, spec: InputSpec): Promise<string | null> {
  const { stdout, paint } = terminal;
  for (const line of describeInput(spec)) stdout.write(`${line}\n`);
  for (;;) {
    const typed = await ask(terminal, `${paint('bold', spec.name)}: `);
    if (typed === null) {
      stdout.write('\n');
      return null;
    }
    const answer = readAnswer(spec, typed.trim());
    if (answer === '') {
      stdout.write(`  ${paint('yellow', 'a value is needed')}\n`);
      continue;
    }
    const checked = checkInput(spec, answer);
    if (checked.ok) return answer;
    stdout.write(`  ${paint('yellow', cleanLine(checked.error.message))}\n`);
  }
}

/** What stands above the question: the description, and the choices by number. */
export function describeInput(spec: InputSpec): string[] {
  const lines = spec.description === null ? [] : [cleanLine(spec.description)];
  if (spec.type === 'choice') {
    spec.options.forEach((option, index) => lines.push(`  ${String(index + 1)}) ${option}`));
  }
  if (spec.type === 'boolean') lines.push('  true or false');
  if (spec.type === 'number') lines.push('  a number');
  if (spec.type === 'file') lines.push('  a path, relative to the workspace');
  return lines;
}

/** What was meant: the number of a choice, y or n for a boolean, else the text itself. */
export function readAnswer(spec: InputSpec, typed: string): string {
  if (spec.type === 'choice' && !spec.options.includes(typed) && /^\d+$/.test(typed)) {
    return spec.options[Number(typed) - 1] ?? typed;
  }
  if (spec.type === 'boolean') {
    if (/^(y|yes)$/i.test(typed)) return 'true';
    if (/^(n|no)$/i.test(typed)) return 'false';
  }
  return typed;
}

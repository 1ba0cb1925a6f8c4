import { fail, ok, type Result } from '../../model/result.ts';
import { idPattern } from '../../model/ids.ts';

/** The most a task may write to its output file. */
export const maxOutputBytes = 1024 * 1024;

/**
 * Reads what a task wrote to `$AGENT_OUTPUT`: `name=value` lines, and `name<<MARK` … `MARK` for values of several
 * lines. The later of two equal names wins. Empty lines are ignored. A failure (`output`) names the line.
 */
export function parseOutputs(text: string): Result<Readonly<Record<string, string>>> {
  const outputs: Record<string, string> = {};
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const number = index + 1;
    const match = /^([^=<]+)(=|<<)([^]*)$/.exec(line);
    const name = match?.[1]?.trim() ?? '';
    if (match === null) return bad(number, 'is neither `name=value` nor `name<<MARK`');
    if (!idPattern.test(name) || name === '__proto__') {
      return bad(
        number,
        `has the name ${JSON.stringify(shorten(name))}; a name is a letter or _, then letters, digits, _ or -`,
      );
    }
    if (match[2] === '=') {
      outputs[name] = match[3] ?? '';
      continue;
    }
    const mark = (match[3] ?? '').trim();
    if (mark === '') return bad(number, 'has no end mark after `<<`');
    const end = lines.indexOf(mark, index + 1);
    if (end === -1) {
      return bad(
        number,
        `starts a value whose end mark ${JSON.stringify(shorten(mark))} is missing`,
      );
    }
    outputs[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return ok(outputs);
}

function bad(line: number, what: string): Result<never> {
  return fail('output', `line ${String(line)} of the output file ${what}`);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

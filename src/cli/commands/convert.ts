import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import { isAgentId, pathOfAgent } from '../../engine/workflow/agent-id.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor convert` */
export const command: Command = {
  spec: {
    name: 'convert',
    summary: 'Make a workflow of a GitHub Actions file, Taskfile, package.json or tasks.json',
    details: [
      'Writes a new file below workflows/. What could not be carried over, and why, is printed and stands at the head of the file; read it before you run it.',
    ],
    positionals: [
      { name: 'FILE', isRequired: true, about: 'The file to convert; it stays as it is' },
      {
        name: 'TARGET',
        isRest: true,
        about: 'Tasks or scripts of the file that are wanted (default: the usual ones)',
      },
    ],
    options: [
      { name: 'agent', value: 'ID', about: 'Id of the new agent (default: after the file)' },
      { name: 'print', about: 'Print the workflow and write no file' },
    ],
    examples: [
      {
        command: 'agent-executor convert .github/workflows/ci.yml',
        about: 'Writes workflows/ci.yaml',
      },
      {
        command: 'agent-executor convert package.json lint test --agent check',
        about: 'Two scripts as workflows/check.yaml',
      },
    ],
  },
  run: convert,
};

async function convert(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const [name = '', ...targets] = given.positionals;
  const file = path.resolve(terminal.directory, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail('unreadable', `${name} cannot be read: ${messageOf(error)}`);
  }
  const { convertFile, readConvertible } = await import('../../engine/convert/convert-file.ts');
  const read = readConvertible(shownPath(terminal, file), text);
  if (!read.ok) return read;
  const unknown = targets.find((target) => !read.value.targets.some((one) => one.name === target));
  if (unknown !== undefined) {
    const known = read.value.targets.map((one) => one.name).join(', ');
    return fail('unknown-target', `${name} has no "${unknown}"`, `It has: ${known}`);
  }
  const converted = convertFile(read.value, targets.length === 0 ? undefined : targets);
  if (!converted.ok) return converted;
  const { left } = converted.value;
  if (given.has('print')) {
    terminal.stdout.write(converted.value.text);
    return ok(exitStatus.ok);
  }
  const written = write(terminal, given, converted.value);
  if (!written.ok) return written;
  if (given.has('json')) {
    terminal.stdout.write(`${JSON.stringify({ ...written.value, left }, null, 2)}\n`);
    return ok(exitStatus.ok);
  }
  terminal.stdout.write(
    `${terminal.paint('green', terminal.glyphs.succeeded)} ${written.value.path}\n`,
  );
  if (left.length > 0) terminal.stdout.write('\nNot carried over:\n');
  for (const { what, why } of left) terminal.stdout.write(`  ${what}: ${why}\n`);
  return ok(exitStatus.ok);
}

/** Relative to the current folder where it is in there: no path of this machine gets into the file. */
function shownPath(terminal: Terminal, file: string): string {
  const relative = path.relative(terminal.directory, file);
  const shown =
    relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(file) : relative;
  return shown.split(path.sep).join('/');
}

function write(
  terminal: Terminal,
  given: Arguments,
  converted: { readonly agent: string; readonly text: string },
): Result<{ readonly agent: string; readonly path: string }> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const agent = given.value('agent') ?? converted.agent;
  if (!isAgentId(agent)) return fail('bad-agent', `"${agent}" cannot be the id of an agent`);
  const relative = pathOfAgent(agent, opened.value.workflowsFolder);
  const file = path.join(opened.value.root, relative);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    // Never over a file that is there.
    writeFileSync(file, converted.text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const message = isThere ? `${relative} is there already` : messageOf(error);
    return fail('not-written', message, 'Choose another id with --agent.');
  }
  return ok({ agent, path: relative });
}

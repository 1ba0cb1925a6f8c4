import { ok, type Result } from '../../model/result.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { renderDiagnostic } from '../drawing/render-diagnostic.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckedFile } from '../check-files.ts';

/** `agent-executor validate` */
export const command: Command = {
  spec: {
    name: 'validate',
    summary: 'Check workflow files',
    details: ['Ends with 1 when there is an error.'],
    positionals: [
      { name: 'FILE', isRest: true, about: 'Workflow files, or agent ids (default: all agents)' },
    ],
    options: [],
    examples: [
      { command: 'agent-executor validate', about: 'Check every workflow of the workspace' },
      {
        command: 'agent-executor validate workflows/hello.yaml --json',
        about: 'Messages with places, for programs',
      },
    ],
  },
  run: validate,
};

async function validate(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { checkFiles } = await import('../check-files.ts');
  const checked = await checkFiles(terminal, opened.value, given.positionals);
  if (!checked.ok) return checked;
  const files = checked.value;
  if (given.has('json')) terminal.stdout.write(`${JSON.stringify(documentOf(files), null, 2)}\n`);
  else terminal.stdout.write(`${render(terminal, files, opened.value.root).join('\n')}\n`);
  const isBad = files.some(({ diagnostics }) => hasErrors(diagnostics));
  return ok(isBad ? exitStatus.failed : exitStatus.ok);
}

function documentOf(files: readonly CheckedFile[]): unknown {
  return {
    files: files.map(({ path, diagnostics }) => ({
      path,
      diagnostics: diagnostics.map((diagnostic) => ({
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: diagnostic.message,
        line: diagnostic.line,
        column: diagnostic.column,
        endLine: diagnostic.endLine,
        endColumn: diagnostic.endColumn,
        ...(diagnostic.related === undefined ? {} : { related: diagnostic.related }),
      })),
    })),
  };
}

function render(terminal: Terminal, files: readonly CheckedFile[], root: string): string[] {
  const { paint, glyphs, stdout } = terminal;
  if (files.length === 0) return [paint('dim', `no workflow files in ${root}`)];
  const lines: string[] = [];
  for (const { path, text, diagnostics } of files) {
    if (diagnostics.length === 0) lines.push(`${paint('green', glyphs.succeeded)} ${path}`);
    for (const diagnostic of diagnostics) {
      lines.push(...renderDiagnostic(path, diagnostic, text, terminal, stdout.columns));
    }
  }
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const count = (severity: string): number =>
    all.filter((diagnostic) => diagnostic.severity === severity).length;
  if (all.length > 0) {
    lines.push('', `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`);
  }
  return lines;
}

function plural(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

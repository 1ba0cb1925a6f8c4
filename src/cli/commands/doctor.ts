import { ok, type Result } from '../../model/result.ts';
import type { Command, CommandFailure } from '../command.ts';
import { exitStatus } from '../exit-status.ts';
import { openWorkspace } from '../open-workspace.ts';
import type { Arguments } from '../arguments/arguments.ts';
import type { Terminal } from '../terminal.ts';

/** `agent-executor doctor` */
export const command: Command = {
  spec: {
    name: 'doctor',
    summary: 'Check the state folder and explain what is wrong with it',
    details: ['Ends with 1 when something needs attention.'],
    positionals: [],
    options: [{ name: 'fix', about: 'Repair what can be repaired without losing anything' }],
    examples: [
      { command: 'agent-executor doctor', about: 'Explain' },
      { command: 'agent-executor doctor --fix', about: 'Explain and repair' },
    ],
  },
  run: doctor,
};

async function doctor(
  terminal: Terminal,
  given: Arguments,
): Promise<Result<number, CommandFailure>> {
  const opened = openWorkspace(terminal, given);
  if (!opened.ok) return opened;
  const { folder } = opened.value;
  const canFix = given.has('fix');
  const { checkFolder } = await import('../../engine/diagnosing/check-folder.ts');
  const { checkRecords } = await import('../../engine/diagnosing/check-records.ts');
  const { checkWorkflows } = await import('../diagnosing/check-workflows.ts');
  const { renderFindings } = await import('../diagnosing/render-findings.ts');
  const findings = [
    ...(await checkFolder(folder, canFix)),
    ...(await checkRecords(folder, canFix)),
    ...(await checkWorkflows(terminal, opened.value)),
  ];
  terminal.stdout.write(
    given.has('json')
      ? `${JSON.stringify({ folder: folder.root, findings }, null, 2)}\n`
      : `${renderFindings(findings, terminal).join('\n')}\n`,
  );
  const isWell = findings.every(({ level }) => level !== 'problem');
  return ok(isWell ? exitStatus.ok : exitStatus.failed);
}

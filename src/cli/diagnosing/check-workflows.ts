import { hasErrors } from '../../model/diagnostic.ts';
import { checkFiles } from '../check-files.ts';
import type { Workspace } from '../open-workspace.ts';
import type { Terminal } from '../terminal.ts';
import { fine, note, problem, type Finding } from '../../engine/diagnosing/finding.ts';

/** The workflow files: any there, any that cannot run. */
export async function checkWorkflows(terminal: Terminal, workspace: Workspace): Promise<Finding[]> {
  const checked = await checkFiles(terminal, workspace, []);
  if (!checked.ok) {
    return [problem('workflows', checked.error.message, 'agent-executor validate tells more.')];
  }
  const files = checked.value;
  if (files.length === 0) {
    return [note('workflows', `there is no workflow file in ${workspace.workflowsFolder}/`)];
  }
  const broken = files.filter(({ diagnostics }) => hasErrors(diagnostics)).map(({ path }) => path);
  if (broken.length === 0) {
    return [fine('workflows', `${String(files.length)} workflow file(s) are valid`)];
  }
  return [
    problem(
      'workflows',
      `${String(broken.length)} of ${String(files.length)} workflow files cannot run: ${broken.join(', ')}`,
      'agent-executor validate says what is wrong.',
    ),
  ];
}

import type { Execution } from '../../model/execution.ts';
import { hasErrors, type Diagnostic } from '../../model/diagnostic.ts';
import type { Workflow } from '../../model/workflow.ts';
import type { Log } from '../ports.ts';
import { agentOfPath, workflowExtensions } from '../workflow/agent-id.ts';
import {
  describeDiagnostics,
  loadWorkflowNow,
  type LoadedWorkflow,
} from '../workflow/load-workflow.ts';

/** What runs when an agent is triggered. */
export type ChosenWorkflow =
  | {
      readonly kind: 'run';
      readonly workflow: Workflow;
      readonly text: string;
      readonly hash: string;
      readonly fallback: Execution['fallback'];
    }
  | {
      readonly kind: 'unusable';
      readonly path: string;
      readonly text: string;
      readonly hash: string | null;
      /** What is wrong, one message a line. */
      readonly message: string;
    };

/** The agent's own workflow, or where that is missing or invalid, the fallback. */
export function chooseWorkflow(
  agent: string,
  settings: {
    readonly workspace: string;
    readonly workflowsFolder: string;
    readonly fallbackWorkflow: string | undefined;
    readonly log: Log;
  },
): ChosenWorkflow {
  const { workspace, workflowsFolder } = settings;
  const loaded = loadWorkflowNow(workspace, workflowsFolder, agent);
  if (loaded.kind === 'valid') {
    const { workflow, text, hash } = loaded;
    return { kind: 'run', workflow, text, hash, fallback: null };
  }
  const reason = describeTrouble(loaded);
  const unusable: ChosenWorkflow = {
    kind: 'unusable',
    path: loaded.path,
    text: loaded.kind === 'invalid' ? loaded.text : '',
    hash: loaded.kind === 'invalid' ? loaded.hash : null,
    message: reason,
  };
  const fallback = fallbackAgent(settings.fallbackWorkflow ?? 'fallback', workflowsFolder);
  if (fallback === null || fallback === agent) return unusable;
  const other = loadWorkflowNow(workspace, workflowsFolder, fallback);
  switch (other.kind) {
    case 'missing':
      return unusable;
    case 'invalid':
      settings.log.warn(`the fallback workflow is invalid as well: ${describeTrouble(other)}`);
      return {
        ...unusable,
        message: `${reason}\nand the fallback is invalid as well:\n${describeTrouble(other)}`,
      };
    case 'valid':
      return {
        kind: 'run',
        workflow: other.workflow,
        text: other.text,
        hash: other.hash,
        fallback: { for: agent, reason },
      };
  }
}

/** What is wrong with a workflow that is not valid, one message a line. */
export function describeTrouble(loaded: Exclude<LoadedWorkflow, { kind: 'valid' }>): string {
  if (loaded.kind === 'missing') return loaded.message;
  const errors = loaded.diagnostics.filter((one: Diagnostic) => hasErrors([one]));
  return describeDiagnostics(loaded.path, errors);
}

function fallbackAgent(setting: string, workflowsFolder: string): string | null {
  if (setting === '') return null;
  const isPath = workflowExtensions.some((extension) => setting.endsWith(extension));
  return isPath ? agentOfPath(setting, workflowsFolder) : setting;
}

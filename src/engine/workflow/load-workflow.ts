import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Workflow } from '../../model/workflow.ts';
import type { ParsedWorkflow } from './parse-workflow.ts';

/** What became of an agent's file. */
export type LoadedWorkflow =
  | {
      readonly kind: 'valid';
      readonly workflow: Workflow;
      readonly text: string;
      /** `sha256-<hex>` of the bytes. */
      readonly hash: string;
      readonly parsed: ParsedWorkflow;
    }
  | {
      readonly kind: 'invalid';
      readonly agent: string;
      readonly path: string;
      readonly text: string;
      readonly hash: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly kind: 'missing';
      readonly agent: string;
      readonly path: string;
      readonly message: string;
    };

/** Reads an agent's file from disk and validates it, with what it `uses`. */
export function loadWorkflow(
  _workspace: string,
  _workflowsFolder: string,
  _agent: string,
): Promise<LoadedWorkflow> {
  throw new Error('not yet');
}

/** Diagnostics as plain text, `workflows/x.yaml:3:5 unknown key …`, one a line. */
export function describeDiagnostics(_path: string, _diagnostics: readonly Diagnostic[]): string {
  throw new Error('not yet');
}

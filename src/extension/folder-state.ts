import type { Execution, StuckVerdict } from '../model/execution.ts';
import type { ExecutionSection } from './executions/execution-sections.ts';

/** An agent of a folder as far as it is known without running it. */
export interface AgentState {
  readonly agent: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  /** The first error of the file; null when it is valid or was not read yet. */
  readonly problem: string | null;
}

/** Something that keeps a folder's executions from being read or written as they should be. */
export interface FolderTrouble {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What every surface reads: the whole truth of one workspace folder, as data. */
export interface FolderState {
  /** The folder's address as text: folders of the same name differ in it. */
  readonly key: string;
  readonly name: string;
  readonly agents: readonly AgentState[];
  /** Newest first; an unchanged execution keeps its identity. */
  readonly executions: readonly Execution[];
  readonly verdicts: readonly StuckVerdict[];
  readonly trouble: FolderTrouble | null;
}

/** What a row, a link or an argument points at. */
export type NodeRef =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'agent-folder'; readonly folder: string; readonly path: string }
  | { readonly kind: 'agent'; readonly folder: string; readonly agent: string }
  | ExecutionRef
  | {
      readonly kind: 'group';
      readonly folder: string;
      readonly execution: string;
      readonly group: string;
    }
  | TaskRef
  | AttemptRef
  | { readonly kind: 'section'; readonly folder: string; readonly section: ExecutionSection }
  /** The section whose next page is wanted; null where there are none. */
  | { readonly kind: 'more'; readonly folder: string; readonly section: ExecutionSection | null };

export interface ExecutionRef {
  readonly kind: 'execution';
  readonly folder: string;
  readonly execution: string;
}

export interface TaskRef {
  readonly kind: 'task';
  readonly folder: string;
  readonly execution: string;
  readonly task: string;
}

export interface AttemptRef {
  readonly kind: 'attempt';
  readonly folder: string;
  readonly execution: string;
  readonly task: string;
  readonly attempt: number;
}

/**
 * The newest execution of each agent, by agent id. One that ran in place of another agent is the newest of both.
 * Executions come newest first.
 */
export function newestByAgent(executions: readonly Execution[]): ReadonlyMap<string, Execution> {
  const newest = new Map<string, Execution>();
  for (const execution of executions) {
    const { agent, fallback } = execution;
    if (!newest.has(agent)) newest.set(agent, execution);
    if (fallback !== null && !newest.has(fallback.for)) newest.set(fallback.for, execution);
  }
  return newest;
}

/** Whether an execution ran in place of an agent whose file was missing or invalid. */
export function isInPlaceOf(agent: string, execution: Execution): boolean {
  return execution.agent !== agent;
}

/** How the newest execution of an agent stands, in words: the result of a fallback is not the agent's own. */
export function wordStatus(
  agent: string,
  execution: Execution,
  status: string = execution.status,
): string {
  return isInPlaceOf(agent, execution) ? `fallback ran: ${status}` : status;
}

/** The executions that are the newest of an agent, each once. */
export function newestExecutions(executions: readonly Execution[]): ReadonlySet<Execution> {
  return new Set(newestByAgent(executions).values());
}

/** The verdict about a task, or (without a task) about the execution as a whole. */
export function verdictOf(
  verdicts: readonly StuckVerdict[],
  execution: string,
  task: string | null,
): StuckVerdict | null {
  return (
    verdicts.find((verdict) => verdict.execution === execution && verdict.task === task) ?? null
  );
}

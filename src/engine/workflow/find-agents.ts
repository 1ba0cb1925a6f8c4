/** A workflow file that was found. */
export interface AgentFile {
  /** Path under the workflows folder without extension, with `/`. */
  readonly agent: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
}

/** All agents of a workspace, sorted by id; a missing folder is an empty list. */
export function findAgents(
  _workspace: string,
  _workflowsFolder: string,
): Promise<readonly AgentFile[]> {
  throw new Error('not yet');
}

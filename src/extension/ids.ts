/** Every id that the code shares with package.json, in one place; a test compares the two. */

/** The extension's own id, as other extensions ask for it. */
export const extensionId = 'agent-executor.agent-executor';

/** What stands before every command, setting, view and context key. */
export const prefix = 'agentExecutor';

/** Commands. The first group is for everyone, the second one serves rows, links and keys of our own views. */
export const commandIds = {
  runWorkflow: 'agentExecutor.runWorkflow',
  cancel: 'agentExecutor.cancel',
  retry: 'agentExecutor.retry',
  resume: 'agentExecutor.resume',
  runAgain: 'agentExecutor.runAgain',
  approve: 'agentExecutor.approve',
  reject: 'agentExecutor.reject',
  openLog: 'agentExecutor.openLog',
  openWorkflow: 'agentExecutor.openWorkflow',
  openDashboard: 'agentExecutor.openDashboard',
  refresh: 'agentExecutor.refresh',
  clearFinished: 'agentExecutor.clearFinished',
  newWorkflow: 'agentExecutor.newWorkflow',
  showOutput: 'agentExecutor.showOutput',
  setSecret: 'agentExecutor.setSecret',
  removeSecret: 'agentExecutor.removeSecret',
  showRunning: 'agentExecutor.showRunning',
  exportExecution: 'agentExecutor.exportExecution',
  compare: 'agentExecutor.compare',
  compareWithPrevious: 'agentExecutor.compareWithPrevious',
  showStateUsage: 'agentExecutor.showStateUsage',
  runDoctor: 'agentExecutor.runDoctor',
  convertWorkflow: 'agentExecutor.convertWorkflow',
  showGraph: 'agentExecutor.showGraph',
  filterExecutions: 'agentExecutor.filterExecutions',
  clearFilter: 'agentExecutor.clearFilter',
  markHandled: 'agentExecutor.markHandled',
  showHandled: 'agentExecutor.showHandled',

  runTo: 'agentExecutor.runTo',
  runWithInputs: 'agentExecutor.runWithInputs',
  showLastExecution: 'agentExecutor.showLastExecution',
  openLastLog: 'agentExecutor.openLastLog',
  openRawLog: 'agentExecutor.openRawLog',
  showExecution: 'agentExecutor.showExecution',
  showMore: 'agentExecutor.showMore',
  remove: 'agentExecutor.remove',
  copyId: 'agentExecutor.copyId',
  compareSelected: 'agentExecutor.compareSelected',
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** VS Code's own command for the way out of Restricted Mode. */
export const manageTrust = 'workbench.trust.manage';

/** Views in the container `agentExecutor`. */
export const viewIds = {
  agents: 'agentExecutor.agents',
  executions: 'agentExecutor.executions',
} as const;

/** The type of the dashboard's panel, as the editor stores it; also the `webviewId` of `when` clauses. */
export const dashboardViewType = 'agentExecutor.dashboard';

/** The type of the panels with the graph of a workflow file, as the editor stores it. */
export const graphViewType = 'agentExecutor.graph';

/** The editor that an execution opens in when its row is dragged into the editor area, as package.json names it. */
export const executionEditorType = 'agentExecutor.execution';

/** Context keys that `when` clauses of package.json read. */
export const contextKeys = {
  /** True once the folders have been read for the first time: an empty view before that is only early. */
  isReady: 'agentExecutor.isReady',
  hasAgents: 'agentExecutor.hasAgents',
  /** True while the executions view is narrowed. */
  isFiltered: 'agentExecutor.isFiltered',
} as const;

/** Settings, without the prefix. */
export const settingIds = {
  workflowsFolder: 'workflowsFolder',
  stateFolder: 'stateFolder',
  fallbackWorkflow: 'fallbackWorkflow',
  refreshInterval: 'refreshInterval',
  stuckAfter: 'stuckAfter',
  maxParallel: 'maxParallel',
  historyKeep: 'history.keep',
  historyDays: 'history.days',
  historyMaxCount: 'history.maxCount',
  historyMaxSize: 'history.maxSize',
  notifications: 'notifications',
  onWindowClose: 'onWindowClose',
  autoResume: 'autoResume',
  codeLens: 'codeLens',
  taskResults: 'taskResults',
  followRunningTask: 'followRunningTask',
  groupExecutions: 'groupExecutions',
} as const;

/** Type of our tasks in tasks.json. */
export const taskType = 'agent-executor';

/** Scheme of the read-only documents that follow a log. */
export const logScheme = 'agent-log';

/** Scheme of executions as editors: see package.json. */
export const executionScheme = 'agent-execution';

/** Scheme of the read-only documents with the workflow of an execution. */
export const workflowScheme = 'agent-workflow';

/** Who speaks in the Problems panel. */
export const diagnosticSource = 'Agent Executor';

/** Keys of `workspaceState`. */
export const memoryKeys = {
  /** When the executions view was last seen (ISO 8601). */
  seenUntil: 'agentExecutor.seenUntil',
  /** What the executions view is narrowed to. */
  filter: 'agentExecutor.filter',
  /** Failures that a person has dealt with, by execution. */
  handled: 'agentExecutor.handled',
} as const;

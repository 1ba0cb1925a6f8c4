import * as vscode from 'vscode';
import type { RetentionLimits } from '../engine/history/plan-retention.ts';
import { parseDuration } from '../model/duration.ts';
import { prefix, settingIds } from './ids.ts';
import type { NotificationSetting } from './notifications/decide-notification.ts';

/** Settings that may differ from folder to folder. */
export interface FolderSettings {
  readonly workflowsFolder: string;
  readonly stateFolder: string;
  readonly fallbackWorkflow: string;
  readonly stuckAfterMs: number;
  /** 0 is the number of cores. */
  readonly maxParallel: number;
  /** Finished executions that the view file keeps. */
  readonly keep: number;
  /** What may stay of finished executions. */
  readonly retention: RetentionLimits;
}

const defaultStuckAfterMs = 120_000;

/** The settings of a folder; what a person wrote wrongly counts as the default. */
export function readFolderSettings(folder: vscode.Uri): FolderSettings {
  const settings = vscode.workspace.getConfiguration(prefix, folder);
  const stuckAfter = parseDuration(settings.get<string>(settingIds.stuckAfter, '2m'));
  return {
    workflowsFolder: settings.get<string>(settingIds.workflowsFolder, '') || 'workflows',
    stateFolder: settings.get<string>(settingIds.stateFolder, '') || '.agent-executor',
    fallbackWorkflow: settings.get<string>(settingIds.fallbackWorkflow, 'workflows/fallback.yaml'),
    stuckAfterMs: stuckAfter.ok ? stuckAfter.value : defaultStuckAfterMs,
    maxParallel: Math.max(0, settings.get<number>(settingIds.maxParallel, 0)),
    keep: Math.max(1, settings.get<number>(settingIds.historyKeep, 200)),
    retention: {
      maxAgeMs: limitOf(settings.get<number>(settingIds.historyDays, 0), 86_400_000),
      maxCount: limitOf(settings.get<number>(settingIds.historyMaxCount, 0), 1),
      maxBytes: limitOf(settings.get<number>(settingIds.historyMaxSize, 0), 1e6),
    },
  };
}

/** 0, and what is no number, is no limit. */
function limitOf(value: number, unit: number): number | null {
  return value > 0 ? value * unit : null;
}

/** Which executions get a notification. */
export function notificationSetting(): NotificationSetting {
  return windowSettings().get<NotificationSetting>(settingIds.notifications, 'failures');
}

/** Milliseconds between two refreshes of the dashboard. */
export function refreshIntervalMs(): number {
  return Math.max(500, windowSettings().get<number>(settingIds.refreshInterval, 2000));
}

/** True when this window's executions are cancelled as it closes. */
export function isCancelledOnClose(): boolean {
  return windowSettings().get<string>(settingIds.onWindowClose, 'keep') === 'cancel';
}

/** True when interrupted executions go on by themselves. */
export function isAutoResume(): boolean {
  return windowSettings().get<boolean>(settingIds.autoResume, false);
}

/** True when "Run" stands above a workflow. */
export function hasCodeLens(document: vscode.Uri): boolean {
  return vscode.workspace
    .getConfiguration(prefix, document)
    .get<boolean>(settingIds.codeLens, true);
}

/** True when the executions view has headings. */
export function isGrouped(): boolean {
  return windowSettings().get<boolean>(settingIds.groupExecutions, true);
}

/** Where the last result of each task stands in its file. */
export type TaskResults = 'text' | 'gutter' | 'both' | 'off';

/** Where the last result of each task stands in a file. */
export function taskResults(document: vscode.Uri): TaskResults {
  return vscode.workspace
    .getConfiguration(prefix, document)
    .get<TaskResults>(settingIds.taskResults, 'text');
}

/** True when a file is scrolled to the task that runs. */
export function isFollowingTask(document: vscode.Uri): boolean {
  return vscode.workspace
    .getConfiguration(prefix, document)
    .get<boolean>(settingIds.followRunningTask, false);
}

function windowSettings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(prefix);
}

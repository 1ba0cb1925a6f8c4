import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import { isTaskOver } from '../../model/status.ts';
import type { Folders } from '../folders/folders.ts';
import { commandIds } from '../ids.ts';
import { isAutoResume, notificationSetting } from '../settings.ts';
import {
  decideNotifications,
  describeTogether,
  isWanted,
  type Notice,
  type NoticeAction,
  type Told,
} from './decide-notification.ts';
import { tell } from '../tell.ts';

const { t } = vscode.l10n;

/** What ends within this time is told together. */
const collectMs = 500;
/** After a notification, the next of its kind waits until the first one was read. */
const quietMs = 5000;

/** Tells a person what needs them: failures, interrupted executions, stuck tasks, approvals. Each once. */
export class Notifications implements Disposable {
  readonly #folders: Folders;
  readonly #isWatched: () => boolean;
  readonly #openedAt: string;
  readonly #store = new DisposableStore();
  readonly #waiting = new Map<Notice['kind'], Notice[]>();
  readonly #timers = new Map<Notice['kind'], Disposable>();
  readonly #shownAtMs = new Map<Notice['kind'], number>();
  #told: Told = new Set();

  constructor(options: {
    readonly folders: Folders;
    /** True while the dashboard shows it all. */
    readonly isWatched: () => boolean;
    readonly openedAt: string;
  }) {
    this.#folders = options.folders;
    this.#isWatched = options.isWatched;
    this.#openedAt = options.openedAt;
    this.#store.add(options.folders.onDidChange(() => this.#decide()));
  }

  dispose(): void {
    this.#store.dispose();
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
  }

  #decide(): void {
    if (!this.#folders.isReady) return;
    const { told, notices } = decideNotifications(this.#told, {
      folders: this.#folders.states,
      setting: notificationSetting(),
      isWatched: this.#isWatched(),
      openedAt: this.#openedAt,
      t,
      tell,
    });
    this.#told = told;
    for (const notice of notices) {
      if (notice.kind === 'interrupted' && this.#goesOnByItself(notice)) continue;
      this.#add(notice);
    }
  }

  /** Resumes where the setting says so and nothing is in doubt: no task was cut off in the middle. */
  #goesOnByItself(notice: Notice): boolean {
    if (!isAutoResume() || !vscode.workspace.isTrusted) return false;
    const execution = this.#folders.get(notice.folder)?.find(notice.execution);
    const isInDoubt = execution?.tasks.some(
      (task) => task.status === 'interrupted' && task.attempts.length > 0,
    );
    if (isInDoubt !== false) return false;
    const target = { folder: notice.folder, execution: notice.execution, ask: false };
    void vscode.commands.executeCommand(commandIds.resume, target);
    return true;
  }

  #add(notice: Notice): void {
    const waiting = this.#waiting.get(notice.kind);
    if (waiting !== undefined) {
      waiting.push(notice);
      return;
    }
    this.#waiting.set(notice.kind, [notice]);
    const shownAtMs = this.#shownAtMs.get(notice.kind) ?? Number.NEGATIVE_INFINITY;
    const delayMs = Math.max(collectMs, shownAtMs + quietMs - performance.now());
    const timer = setTimeout(() => this.#flush(notice.kind), delayMs);
    this.#timers.set(
      notice.kind,
      toDisposable(() => {
        clearTimeout(timer);
      }),
    );
  }

  #flush(kind: Notice['kind']): void {
    const waiting = this.#waiting.get(kind) ?? [];
    this.#waiting.delete(kind);
    this.#timers.delete(kind);
    const notices = waiting.filter((notice) => this.#stillStands(notice));
    const [first] = notices;
    if (first === undefined || this.#isWatched()) return;
    this.#shownAtMs.set(kind, performance.now());
    if (notices.length === 1) void this.#show(kind, first.message, first.actions, first);
    else void this.#show(kind, describeTogether(notices, t), ['openDashboard'], null);
  }

  /** An approval may have been given while this waited, or a person may not want to be told any more. */
  #stillStands(notice: Notice): boolean {
    if (!isWanted(notice, notificationSetting())) return false;
    if (notice.kind !== 'approval') return true;
    const execution = this.#folders.get(notice.folder)?.find(notice.execution);
    const task = execution?.tasks.find(({ id }) => id === notice.task);
    return task !== undefined && !isTaskOver(task.status);
  }

  async #show(
    kind: Notice['kind'],
    message: string,
    actions: readonly NoticeAction[],
    notice: Notice | null,
  ): Promise<void> {
    const buttons = actions.map((action) => titles[action]);
    // A question has to be answered: the setting alone takes those away.
    if (kind !== 'approval') buttons.push(mute);
    const answer = await tellers[kind](message, ...buttons);
    if (answer === mute) {
      await (await import('../tools/tools-entry.ts')).muteNotifications(kind);
      return;
    }
    const action = actions.find((one) => titles[one] === answer);
    if (action === undefined) return;
    const target =
      notice === null
        ? undefined
        : {
            folder: notice.folder,
            execution: notice.execution,
            task: notice.task,
            ...(kind === 'failed' ? { at: 'error' } : {}),
          };
    await vscode.commands.executeCommand(commandIds[action], target);
  }
}

const titles: Readonly<Record<NoticeAction, string>> = {
  openLog: t('Open Log'),
  openWorkflow: t('Open Workflow'),
  retry: t('Retry'),
  resume: t('Resume'),
  cancel: t('Cancel'),
  approve: t('Approve'),
  reject: t('Reject'),
  openDashboard: t('Show'),
};

const mute = t("Don't Show Again");

type Teller = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

const tellers: Readonly<Record<Notice['kind'], Teller>> = {
  failed: (message, ...buttons) => vscode.window.showErrorMessage(message, ...buttons),
  interrupted: (message, ...buttons) => vscode.window.showWarningMessage(message, ...buttons),
  stuck: (message, ...buttons) => vscode.window.showWarningMessage(message, ...buttons),
  approval: (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons),
  ended: (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons),
};

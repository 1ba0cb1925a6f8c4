import type { Execution, StuckVerdict, Timestamp } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { describeFailure } from '../executions/describe-execution-node.ts';
import { executionWords, isAsking } from '../executions/context-words.ts';
import { verdictOf, type FolderState } from '../folder-state.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';
import { asRecorded, type Tell } from '../../model/tell-message.ts';
import { toldVerdict } from '../told.ts';

/** Which notifications a person wants. */
export type NotificationSetting = 'all' | 'failures' | 'approvals' | 'none';

/** Something to tell a person once. */
export interface Notice {
  readonly kind: 'failed' | 'interrupted' | 'ended' | 'stuck' | 'approval';
  /** Tells notices apart: the same key is told once. */
  readonly key: string;
  readonly folder: string;
  readonly execution: string;
  readonly task: string | null;
  readonly message: string;
  /** What a person can do about it at once, the best first. */
  readonly actions: readonly NoticeAction[];
}

/** Commands that a notification offers, by the last part of their ids. */
export type NoticeAction =
  | 'openLog'
  | 'openWorkflow'
  | 'retry'
  | 'resume'
  | 'cancel'
  | 'approve'
  | 'reject'
  | 'openDashboard';

/** How the keys of ends end. */
const endMark = '/end';

/** Ends that are remembered although nobody has a record of them now. */
const maxEnds = 1000;

/** What was told, or was over before there was anybody to tell. */
export type Told = ReadonlySet<string>;

/** Everything a decision depends on. */
export interface NotificationFacts {
  readonly folders: readonly FolderState[];
  readonly setting: NotificationSetting;
  /** True while the dashboard shows it all anyway. */
  readonly isWatched: boolean;
  /** When this window opened. */
  readonly openedAt: Timestamp;
  readonly t?: Translate;
  readonly tell?: Tell;
}

/**
 * What to tell now. Executions that were over when the window opened are never told, except interrupted ones that
 * this window found. What is not told because of the setting or an open dashboard counts as told: it would be old news
 * later.
 */
export function decideNotifications(
  told: Told,
  facts: NotificationFacts,
): { readonly told: Told; readonly notices: readonly Notice[] } {
  const current = facts.folders.flatMap((folder) =>
    folder.executions.flatMap((execution) =>
      findReasons(folder, execution, facts.t ?? inEnglish, facts.tell ?? asRecorded),
    ),
  );
  const notices = facts.isWatched
    ? []
    : current
        .filter(({ key }) => !told.has(key))
        .filter((one) => isWanted(one, facts.setting) && !isOld(one, facts.openedAt))
        .map(({ word }) => nameFolder(word(), facts.folders));
  // Of what goes on only what still stands is remembered: a task that gets stuck again is told again. An end is told
  // once, also when its record was away in between.
  const ends = [...told].filter((key) => key.endsWith(endMark)).slice(-maxEnds);
  return { told: new Set([...ends, ...current.map(({ key }) => key)]), notices };
}

/** With several folders a message says which one it is about: two of the same words would be shown as one. */
function nameFolder(notice: Notice, folders: readonly FolderState[]): Notice {
  if (folders.length < 2) return notice;
  const name = folders.find(({ key }) => key === notice.folder)?.name ?? notice.folder;
  return { ...notice, message: `[${name}] ${notice.message}` };
}

/** Something that may be worth a notice. Words are made only for what is told: this is looked at with each change. */
interface Reason {
  readonly kind: Notice['kind'];
  readonly key: string;
  /** When it was over; null for what goes on. */
  readonly endedAt: Timestamp | null;
  readonly word: () => Notice;
}

function findReasons(
  folder: FolderState,
  execution: Execution,
  t: Translate,
  tell: Tell,
): readonly Reason[] {
  const base = { folder: folder.key, execution: execution.id };
  const key = `${folder.key}/${execution.id}#${String(execution.attempt)}`;
  if (isExecutionOver(execution.status)) {
    // The parent of a child execution fails with it and speaks for it.
    if (execution.parent !== null) return [];
    const kind =
      execution.status === 'failed'
        ? 'failed'
        : execution.status === 'interrupted'
          ? 'interrupted'
          : 'ended';
    const endKey = `${key}${endMark}`;
    const word = (): Notice => {
      const message = describeEnd(execution, t, tell);
      return { ...base, kind, key: endKey, task: null, message, actions: actionsAfter(execution) };
    };
    return [{ kind, key: endKey, endedAt: execution.finishedAt, word }];
  }
  const reasons: Reason[] = [];
  const add = (notice: Notice): void => {
    reasons.push({ kind: notice.kind, key: notice.key, endedAt: null, word: () => notice });
  };
  for (const task of execution.tasks) {
    if (isAsking(task)) {
      add({
        ...base,
        kind: 'approval',
        key: `${key}/ask/${task.id}/${String(task.attempt)}`,
        task: task.id,
        message: t('{0} asks: {1}', execution.name, task.question ?? task.name),
        actions: ['approve', 'reject', 'openDashboard'],
      });
    }
    const verdict = verdictOf(folder.verdicts, execution.id, task.id);
    if (verdict !== null) add(stuckNotice(base, key, execution, toldVerdict(verdict, tell), t));
  }
  const whole = verdictOf(folder.verdicts, execution.id, null);
  if (whole !== null) add(stuckNotice(base, key, execution, toldVerdict(whole, tell), t));
  return reasons;
}

function stuckNotice(
  base: Pick<Notice, 'folder' | 'execution'>,
  key: string,
  execution: Execution,
  verdict: StuckVerdict,
  t: Translate,
): Notice {
  const attempt = execution.tasks.find((task) => task.id === verdict.task)?.attempt ?? 0;
  const what = verdict.task === null ? execution.name : `${execution.name}: ${verdict.task}`;
  return {
    ...base,
    kind: 'stuck',
    key: `${key}/${verdict.kind}/${verdict.task ?? ''}/${String(attempt)}`,
    task: verdict.task,
    message: t('{0} seems stuck: {1}', what, verdict.evidence),
    actions: ['openLog', 'cancel', 'openDashboard'],
  };
}

function actionsAfter(execution: Execution): readonly NoticeAction[] {
  const words = executionWords(execution);
  if (execution.status === 'interrupted') return ['resume', 'openDashboard'];
  if (execution.status !== 'failed') return ['openDashboard'];
  return [
    ...(words.includes('logged') ? (['openLog'] as const) : []),
    ...(words.includes('retryable') ? (['retry'] as const) : (['openWorkflow'] as const)),
    'openDashboard',
  ];
}

/** Whether a person wants to be told of such a thing. */
export function isWanted({ kind }: Pick<Notice, 'kind'>, setting: NotificationSetting): boolean {
  if (setting === 'all') return true;
  if (setting === 'none') return false;
  return setting === 'approvals' ? kind === 'approval' : kind !== 'ended';
}

function isOld({ endedAt }: Reason, openedAt: Timestamp): boolean {
  return endedAt !== null && endedAt < openedAt;
}

/** How an execution ended, in one sentence that names the task to blame. */
export function describeEnd(
  execution: Execution,
  t: Translate = inEnglish,
  tell: Tell = asRecorded,
): string {
  const { name, reason } = execution;
  const message = execution.message === null ? null : tell(execution.message);
  if (execution.status === 'interrupted') {
    const why = message ?? t('its runner ended before it did');
    return t('{0} was interrupted: {1}', name, why);
  }
  if (execution.status === 'succeeded') return t('{0} succeeded', name);
  if (execution.status !== 'failed') return t('{0} was cancelled', name);
  const failed = execution.tasks.filter(
    (task) => task.status === 'failed' && !task.continueOnError,
  );
  const first = failed[0];
  if (first === undefined) {
    const why = message ?? reason;
    return why === null ? t('{0} failed', name) : t('{0} failed: {1}', name, firstLine(why));
  }
  const signal = first.attempts.at(-1)?.signal ?? null;
  const why = describeFailure({ ...first, signal });
  const more = failed.length > 1 ? ` ${t('and {0} more', failed.length - 1)}` : '';
  return t('{0} failed: {1}', name, `${first.id}${why === '' ? '' : ` (${why})`}${more}`);
}

/** What several notices of one moment say together. They are of one kind. */
export function describeTogether(notices: readonly Notice[], t: Translate = inEnglish): string {
  const count = String(notices.length);
  switch (notices[0]?.kind) {
    case 'failed':
      return t('{0} executions failed', count);
    case 'interrupted':
      return t('{0} executions were interrupted', count);
    case 'stuck':
      return t('{0} tasks seem stuck', count);
    case 'approval':
      return t('{0} tasks wait for an approval', count);
    case 'ended':
    case undefined:
      return t('{0} executions ended', count);
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

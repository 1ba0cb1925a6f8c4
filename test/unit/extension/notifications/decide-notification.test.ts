import assert from 'node:assert/strict';
import type { FolderState } from '../../../../src/extension/folder-state.ts';
import {
  decideNotifications,
  describeEnd,
  describeTogether,
  type NotificationFacts,
  type Told,
} from '../../../../src/extension/notifications/decide-notification.ts';
import { executionWith, failedTask, newFolder, newVerdict } from '../build-folder.ts';

const openedAt = '2026-11-22T14:00:00.000Z';
const running = executionWith({ test: { status: 'running' } }, { status: 'running' });
const failed = executionWith(
  { test: failedTask },
  { status: 'failed', finishedAt: '2026-11-22T14:15:15.400Z' },
);

function decide(
  told: Told,
  folder: Partial<FolderState>,
  change: Partial<NotificationFacts> = {},
): ReturnType<typeof decideNotifications> {
  const facts = { setting: 'failures', isWatched: false, openedAt } as const;
  return decideNotifications(told, { ...facts, folders: [newFolder(folder)], ...change });
}

function kinds({ notices }: ReturnType<typeof decideNotifications>): readonly string[] {
  return notices.map(({ kind }) => kind);
}

describe('decideNotifications', () => {
  it('tells once that an execution failed, and which task', () => {
    const { told } = decide(new Set(), { executions: [running] });
    const first = decide(told, { executions: [failed] });
    assert.deepEqual(
      first.notices.map(({ message }) => message),
      ['Release check failed: test (exit 1)'],
    );
    assert.deepEqual(kinds(decide(first.told, { executions: [failed] })), []);
  });

  it('offers what can be done about it', () => {
    const [notice] = decide(new Set(), { executions: [failed] }).notices;
    assert.deepEqual(notice?.actions, ['openLog', 'retry', 'openDashboard']);
    const invalid = executionWith(
      {},
      { status: 'failed', reason: 'invalid-workflow', finishedAt: '2026-11-22T14:15:15.400Z' },
    );
    const [other] = decide(new Set(), { executions: [invalid] }).notices;
    assert.deepEqual(other?.actions, ['openWorkflow', 'openDashboard']);
  });

  it('tells again when a retry fails again', () => {
    const { told } = decide(new Set(), { executions: [failed] });
    assert.deepEqual(kinds(decide(told, { executions: [{ ...failed, attempt: 2 }] })), ['failed']);
  });

  it('makes words only for what is told, since it is asked with each change', () => {
    const worded: string[] = [];
    const t = (text: string): string => {
      worded.push(text);
      return text;
    };
    const old = { ...failed, id: 'old', finishedAt: '2026-11-22T13:00:00.000Z' };
    const { told } = decide(new Set(), { executions: [failed, old] }, { t });
    assert.deepEqual(worded, ['{0} failed: {1}']);
    decide(told, { executions: [failed, old] }, { t });
    assert.equal(worded.length, 1);
  });

  it('does not tell of an end again whose record was away for a while', () => {
    const first = decide(new Set(), { executions: [failed] });
    const away = decide(first.told, { executions: [] });
    assert.deepEqual(kinds(decide(away.told, { executions: [failed] })), []);
  });

  it('says nothing about what was over when the window opened', () => {
    const executions = [{ ...failed, finishedAt: '2026-11-22T13:59:59.000Z' }];
    assert.deepEqual(kinds(decide(new Set(), { executions })), []);
  });

  it('tells about an execution that this window found interrupted', () => {
    const finishedAt = '2026-11-22T14:00:01.000Z';
    const executions = [executionWith({}, { status: 'interrupted', finishedAt })];
    assert.deepEqual(kinds(decide(new Set(), { executions })), ['interrupted']);
  });

  it('leaves a failed child to its parent', () => {
    const executions = [{ ...failed, parent: { execution: 'parent', task: 'notes' } }];
    assert.deepEqual(kinds(decide(new Set(), { executions })), []);
  });

  it('tells about successes and cancels only when all is wanted', () => {
    const executions = [
      executionWith({}, { status: 'succeeded', finishedAt: '2026-11-22T14:15:15.400Z' }),
    ];
    assert.deepEqual(kinds(decide(new Set(), { executions })), []);
    assert.deepEqual(kinds(decide(new Set(), { executions }, { setting: 'all' })), ['ended']);
  });

  it('tells nothing at all when nothing is wanted', () => {
    const verdicts = [newVerdict()];
    const executions = [failed, { ...running, id: 'other' }];
    assert.deepEqual(kinds(decide(new Set(), { executions, verdicts }, { setting: 'none' })), []);
  });

  it('tells only what waits for an answer when only that is wanted', () => {
    const asking = executionWith(
      { ask: { kind: 'approval', status: 'waiting', question: 'Publish?', attempt: 1 } },
      { id: 'other', status: 'waiting' },
    );
    const facts = { executions: [failed, asking], verdicts: [newVerdict()] };
    const wanted = decide(new Set(), facts, { setting: 'approvals' });
    assert.deepEqual(kinds(wanted), ['approval']);
  });

  it('tells nothing while the dashboard shows it, and not later either', () => {
    const watched = decide(new Set(), { executions: [failed] }, { isWatched: true });
    assert.deepEqual(kinds(watched), []);
    assert.deepEqual(kinds(decide(watched.told, { executions: [failed] })), []);
  });

  it('asks for an approval once', () => {
    const waiting = executionWith(
      { ask: { kind: 'approval', status: 'waiting', question: 'Publish 1.2.0?', attempt: 1 } },
      { status: 'waiting' },
    );
    const first = decide(new Set(), { executions: [waiting] });
    assert.deepEqual(
      first.notices.map(({ kind, task, message }) => ({ kind, task, message })),
      [{ kind: 'approval', task: 'ask', message: 'Release check asks: Publish 1.2.0?' }],
    );
    assert.deepEqual(kinds(decide(first.told, { executions: [waiting] })), []);
  });

  it('tells once that a task is stuck, and again when it gets stuck again', () => {
    const stuck = { executions: [running], verdicts: [newVerdict()] };
    const first = decide(new Set(), stuck);
    assert.deepEqual(kinds(first), ['stuck']);
    const later = decide(first.told, {
      ...stuck,
      verdicts: [newVerdict({ evidence: 'no output for 5 m' })],
    });
    assert.deepEqual(kinds(later), []);
    const moved = decide(later.told, { executions: [running] });
    assert.deepEqual(kinds(decide(moved.told, stuck)), ['stuck']);
  });

  it('tells equal executions of two folders apart', () => {
    const folders = [
      newFolder({ executions: [failed] }),
      newFolder({ key: 'file:///lib', name: 'lib', executions: [failed] }),
    ];
    assert.deepEqual(
      decide(new Set(), {}, { folders }).notices.map(({ message }) => message),
      ['[app] Release check failed: test (exit 1)', '[lib] Release check failed: test (exit 1)'],
    );
  });
});

describe('describeEnd', () => {
  it('names the first task and counts the others', () => {
    const execution = executionWith(
      { lint: failedTask, test: failedTask, docs: { ...failedTask, continueOnError: true } },
      { status: 'failed' },
    );
    assert.equal(describeEnd(execution), 'Release check failed: lint (exit 1) and 1 more');
  });

  it('gives the first line of the message when no task is to blame', () => {
    const message = 'workflows/release.yaml:3:5 unknown key\nworkflows/release.yaml:4:5 more';
    const execution = executionWith({}, { status: 'failed', reason: 'invalid-workflow', message });
    assert.equal(
      describeEnd(execution),
      'Release check failed: workflows/release.yaml:3:5 unknown key',
    );
  });
});

describe('describeTogether', () => {
  it('counts what happened at the same time', () => {
    const { notices } = decide(new Set(), { executions: [failed, { ...failed, id: 'other' }] });
    assert.equal(describeTogether(notices), '2 executions failed');
  });
});

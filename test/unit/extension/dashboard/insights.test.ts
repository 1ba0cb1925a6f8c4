import assert from 'node:assert/strict';
import {
  summarizeExecution,
  type HistoryEntry,
} from '../../../../src/engine/history/history-entry.ts';
import {
  computeInsights,
  startOfDay,
} from '../../../../src/extension/dashboard/compute-insights.ts';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { insightsCsv } from '../../../../src/extension/dashboard/insights-csv.ts';
import { InsightsFeed } from '../../../../src/extension/dashboard/insights-feed.ts';
import type { ExecutionStatus } from '../../../../src/model/status.ts';
import { isInsights } from '../../../../src/protocol/insights-messages.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { at, fakeExecution, fakeHistory, triedTask } from '../../../webview/fake-executions.ts';

const nowMs = new Date(2026, 5, 15, 12).getTime();
const hour = 3_600_000;

function ended(
  status: ExecutionStatus,
  hoursAgo: number,
  durationMs: number,
  agent = 'release',
): HistoryEntry {
  const startMs = nowMs - hoursAgo * hour;
  const { execution } = fakeExecution(hoursAgo, status, startMs, {
    agent,
    startedAt: at(startMs),
    finishedAt: at(startMs + durationMs),
    tasks: [
      triedTask('test', status === 'failed' ? 'failed' : 'succeeded', {
        startMs,
        endMs: startMs + durationMs,
      }),
    ],
  });
  return summarizeExecution(execution);
}

describe('figures of executions', () => {
  const some = [
    ended('succeeded', 1, 4000),
    ended('succeeded', 2, 2000),
    ended('failed', 4, 500),
    ended('failed', 5, 500),
    ended('cancelled', 6, 500),
    ended('succeeded', 50, 1000),
    ended('succeeded', 24 * 20, 9000),
  ];
  const week = computeInsights(some, { span: '7', agent: null }, nowMs);

  it('count what was cancelled, but judge without it', () => {
    assert.deepEqual(week.all, {
      total: 6,
      failed: 2,
      successRate: 600,
      p50Ms: 2000,
      p95Ms: 4000,
      recoveryMs: 3 * hour + 1500,
    });
  });

  it('have 90 days, today last, each from midnight to midnight', () => {
    assert.equal(week.days.length, 90);
    const today = week.days.at(-1);
    assert.deepEqual(today, {
      atMs: startOfDay(nowMs),
      succeeded: 2,
      failed: 2,
      other: 1,
    });
    assert.equal(week.days.at(-21)?.succeeded, 1, 'also what is older than the span');
  });

  it('say for each day how long successes took and how long agents were broken', () => {
    const last = (values: readonly (number | null)[]): unknown => values.slice(-3);
    assert.deepEqual(last(week.trend.p50Ms), [1000, null, 2000]);
    assert.deepEqual(last(week.trend.p95Ms), [1000, null, 4000]);
    assert.deepEqual(last(week.trend.recoveryMs), [null, null, 3 * hour + 1500]);
    assert.equal(week.trend.recoveryMs.length, week.days.length);
  });

  it('name tasks that fail and succeed as flaky, and none that always do either', () => {
    assert.deepEqual(
      week.flakiest.map(({ task, failed, runs }) => [task, failed, runs]),
      [['test', 2, 6]],
    );
    const good = computeInsights([ended('succeeded', 1, 1)], { span: '7', agent: null }, nowMs);
    assert.deepEqual(good.flakiest, []);
  });

  it('say of a task how long it was broken, from an execution in which it failed to one in which it succeeded', () => {
    assert.deepEqual(
      week.flakiest.map(({ task, recoveryMs }) => [task, recoveryMs]),
      [['test', 3 * hour + 1500]],
    );
    const broken = [ended('succeeded', 3, 1), ended('failed', 2, 1)];
    const still = computeInsights(broken, { span: '7', agent: null }, nowMs);
    assert.equal(still.flakiest[0]?.recoveryMs, null);
  });

  it('do not take a task for broken that an attempt of the same execution mended', () => {
    const [first, ...rest] = [ended('succeeded', 3, 1), ended('succeeded', 1, 1)];
    const mended = { ...first, tasks: [['test', 2, 1, [10]]] as const };
    const insights = computeInsights([mended, ...rest], { span: '7', agent: null }, nowMs);
    assert.equal(insights.flakiest[0]?.recoveryMs, null);
  });

  it('fit into a message, whatever the names and however many there are', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      ended(
        index % 3 === 0 ? 'failed' : 'succeeded',
        (index * 7) % 2000,
        1e9,
        `${'€'.repeat(200)}${String(index % 40)}`,
      ),
    );
    const insights = computeInsights(many, { span: '90', agent: null }, nowMs);
    assert.ok(isInsights(insights));
    assert.ok(jsonBytes(insights) <= maxMessageBytes - 200, String(jsonBytes(insights)));
  });

  it('of what is in the view and in the history count an execution once', async () => {
    const items = fakeHistory(10, nowMs);
    const entries = items.map(({ execution }) => summarizeExecution(execution));
    let reads = 0;
    const feed = new InsightsFeed(
      async () => {
        reads += 1;
        return [...entries, ended('succeeded', 30, 1)];
      },
      () => nowMs,
    );
    const request = { span: '90', agent: null } as const;
    assert.equal((await feed.answer(items, request)).all.total, 11);
    assert.equal((await feed.answer(items.slice(5), request)).all.total, 11);
    assert.equal(reads, 1);
  });

  it('are written as CSV that no spreadsheet takes for a formula', () => {
    const csv = insightsCsv(
      computeInsights(
        [ended('succeeded', 1, 4000, '=cmd|"x",')],
        { span: '7', agent: null },
        nowMs,
      ),
    );
    assert.match(
      csv,
      /^day,succeeded,failed,cancelled,p50_ms,p95_ms,recovery_ms\r\n2026-06-09,0,0,0,,,\r\n/,
    );
    assert.match(csv, /\r\n2026-06-15,1,0,0,4000,4000,\r\n/);
    assert.ok(csv.includes(`"'=cmd|""x"",",1,0,1,4000,4000,\r\n`), csv);
    assert.match(csv, /\r\nslowest_task,agent,runs,failed,p50_ms,p95_ms,recovery_ms\r\ntest,/);
  });
});

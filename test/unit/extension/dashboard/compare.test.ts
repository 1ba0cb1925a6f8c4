import assert from 'node:assert/strict';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { toComparison } from '../../../../src/extension/dashboard/to-comparison.ts';
import { isComparePage } from '../../../../src/protocol/compare-messages.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { fakeExecution, triedTask } from '../../../webview/fake-executions.ts';
import { DashboardLink } from './dashboard-link.ts';

const nowMs = 1_800_000_000_000;
const times = { startMs: nowMs, endMs: nowMs + 1000 };

describe('a comparison as a message', () => {
  it('has the earlier execution first, however it was asked for', () => {
    const [old, young] = [fakeExecution(1, 'failed', nowMs), fakeExecution(2, 'failed', nowMs + 1)];
    assert.equal(toComparison(young, old).before.key, old.key);
    assert.deepEqual(toComparison(young, old), toComparison(old, young));
  });

  it('fits with thousands of tasks and megabytes of values, and what differs comes first', () => {
    const long = 'x'.repeat(1_000_000);
    const make = (number: number, status: 'succeeded' | 'failed') =>
      fakeExecution(number, 'failed', nowMs + number, {
        inputs: Object.fromEntries(
          Array.from({ length: 300 }, (_, at) => [`input-${at}`, `${long}${number}`]),
        ),
        tasks: Array.from({ length: 3000 }, (_, at) =>
          triedTask(`task-${at}`, at === 2900 ? status : 'succeeded', times),
        ),
      });
    const page = toComparison(make(1, 'succeeded'), make(2, 'failed'));
    assert.ok(isComparePage(page));
    assert.ok(jsonBytes(page) <= maxMessageBytes, `${jsonBytes(page)} bytes`);
    assert.equal(page.divergence, 'task-2900');
    assert.equal(page.tasks.at(-1)?.id, 'task-2900', 'in their order');
    assert.equal(page.tasks.length + page.moreTasks, 3000);
    assert.equal(page.values.length + page.moreValues, 300);
  });

  it('shows long values from shortly before the place where they differ', () => {
    const make = (number: number, end: string) =>
      fakeExecution(number, 'succeeded', nowMs + number, {
        inputs: { list: 'a'.repeat(900) + end },
      });
    const [value] = toComparison(make(1, 'one'), make(2, 'two')).values;
    const start = `…${'a'.repeat(40)}`;
    assert.deepEqual([value?.before, value?.after], [`${start}one`, `${start}two`]);
  });

  it('is refused for what is not there any more', async () => {
    const item = fakeExecution(1, 'succeeded', nowMs);
    const link = new DashboardLink([item]);
    await link.start();
    const request = { one: item.key, other: 'gone' };
    const asked = link.model.reads.readComparison(request);
    await link.rest();
    assert.equal(await asked, null);
    void link.model.reads.compareWorkflows(request);
    await link.rest();
    assert.match(link.model.state.notice?.message ?? '', /not there any more/);
    assert.deepEqual(link.diffs, []);
  });
});

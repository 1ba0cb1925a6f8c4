import assert from 'node:assert/strict';
import { startExecution } from '../../src/engine/run/start-execution.ts';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { TestFolder } from './test-folder.ts';

/** More than fit on the screen. */
const fillers = 40;

describe('the dashboard', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;
  let dashboard: Dashboard;

  before(async () => {
    folder = await TestFolder.make(windows, 'greet', 'fragile', 'talks', 'doomed');
    await fill(folder);
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer('Agent Executor');
    await folder.run(window, 'greet');
    await folder.over('greet');
    await folder.run(window, 'fragile');
    await folder.over('fragile');
    await window.clickNotification('Fragile failed', 'Show');
    dashboard = new Dashboard(window);
    await dashboard.frame();
  });

  it('opens with the execution that the notification is about', async () => {
    await window.until('the details of Fragile', async () => {
      const { name, status } = await dashboard.heading();
      return (name === 'Fragile' && status === 'Failed') || undefined;
    });
    const tasks = await dashboard.tasks();
    assert.deepEqual(
      tasks.map(({ name, status }) => ({ name, status })),
      [
        { name: 'prepare', status: 'Succeeded' },
        { name: 'check', status: 'Failed' },
      ],
    );
    assert.match(tasks[1]?.details ?? '', /exit/i);
    await window.until(
      'the log of what failed',
      async () => (await dashboard.log()).includes('something is broken') || undefined,
    );
  });

  it('lists all executions, newest first, with counts', async () => {
    const rows = await dashboard.rows();
    assert.deepEqual(
      rows.slice(0, 3).map(({ name }) => name),
      ['Fragile', 'Greet', 'Filler'],
    );
    const filters = await dashboard.filters();
    assert.ok(filters.includes(`All ${String(fillers + 2)}`), filters.join());
    assert.ok(filters.includes('Failed 1'), filters.join());
  });

  it('filters by state', async () => {
    await dashboard.filter('Failed');
    await window.until('one row', async () => {
      const rows = await dashboard.rows();
      return (rows.length === 1 && rows[0]?.name === 'Fragile') || undefined;
    });
    await dashboard.filter('All');
    await window.until('all rows', async () => (await dashboard.rows()).length > 5 || undefined);
  });

  it('searches', async () => {
    await dashboard.search('gree');
    await window.until('one row', async () => {
      const rows = await dashboard.rows();
      return (rows.length === 1 && rows[0]?.name === 'Greet') || undefined;
    });
    await dashboard.search('nothing like that');
    await window.until(
      'a word that nothing matches',
      async () => (await dashboard.text('.side')).includes('No execution matches') || undefined,
    );
    await dashboard.click('Clear filter');
    await window.until('all rows', async () => (await dashboard.rows()).length > 5 || undefined);
  });

  it('follows the log of what runs, live', async () => {
    await folder.run(window, 'talks');
    await dashboard.row('Talks', ({ name, status }) => name === 'Talks' && status === 'Running');
    await dashboard.select('Talks');
    await window.until(
      'the log so far',
      async () => (await dashboard.log()).includes('line 200') || undefined,
    );
    await folder.write('say', '3');
    await window.until(
      'what came now',
      async () => (await dashboard.log()).includes('heard 3') || undefined,
    );
  });

  it('keeps selection and scroll places while things move', async () => {
    await dashboard.scroll('.list', 600);
    await dashboard.scroll('.log-text', 400);
    const frame = await dashboard.frame();
    const before = await frame.locator('.list').evaluate(topRow);
    await folder.write('say', '6');
    await window.until(
      'new text below',
      async () => (await dashboard.log()).includes('heard 6') || undefined,
    );
    // A new execution comes in above the rows that are looked at.
    await folder.run(window, 'greet');
    await folder.over('greet');
    await window.until(
      'the new execution in the counts',
      async () =>
        (await dashboard.filters()).includes(`Succeeded ${String(fillers + 2)}`) || undefined,
    );
    assert.equal((await dashboard.heading()).name, 'Talks');
    assert.equal(await dashboard.scrollTop('.log-text'), 400);
    assert.equal(await frame.locator('.list').evaluate(topRow), before);
  });

  it('shows the same after it was hidden', async () => {
    await window.openFile('workflows/greet.yaml');
    await folder.write('say', '9');
    dashboard = await Dashboard.open(window);
    await window.until(
      'the details as they were',
      async () => (await dashboard.heading()).name === 'Talks' || undefined,
    );
    await window.until(
      'what came in the meantime',
      async () => (await dashboard.log()).includes('heard 9') || undefined,
    );
    assert.ok((await dashboard.scrollTop('.list')) > 500);
  });

  it('shows the same after a reload', async () => {
    const [talks] = await folder.executions('talks');
    await window.untilStored(talks?.id ?? '');
    await window.reload();
    dashboard = new Dashboard(window);
    await window.until(
      'the details as they were',
      async () => (await dashboard.heading()).name === 'Talks' || undefined,
    );
    assert.ok((await dashboard.scrollTop('.list')) > 500);
    await window.until(
      'the log',
      async () => (await dashboard.log()).includes('heard 9') || undefined,
    );
  });

  it('cancels what it shows', async () => {
    await dashboard.click('Cancel', '.detail-actions');
    await window.until(
      'the cancelled execution',
      async () => (await dashboard.heading()).status === 'Cancelled' || undefined,
    );
    assert.equal((await folder.over('talks')).status, 'cancelled');
  });

  it('retries what failed and shows its attempts', async () => {
    await dashboard.scroll('.list', 0);
    await dashboard.select('Fragile');
    await folder.write('mended');
    await dashboard.click('Retry', '.detail-actions');
    await window.answerDialog('Retry Fragile?', 'Retry');
    await dashboard.task('check', 'Succeeded');
    await dashboard.click('Attempts of check');
    await window.until('both attempts', async () => {
      const frame = await dashboard.frame();
      return (await frame.locator('.task-table tr.attempt').count()) === 2 || undefined;
    });
  });

  it('shows the new execution after "Run again"', async () => {
    const { id } = await folder.over('fragile');
    await window.until(
      'the old one',
      async () => (await dashboard.text('.facts code')) === id || undefined,
    );
    await dashboard.click('Run again', '.detail-actions');
    await window.until('the new one', async () => {
      const [newest] = await folder.executions('fragile');
      return (
        (newest?.id !== id && (await dashboard.text('.facts code')) === newest?.id) || undefined
      );
    });
    await folder.over('fragile');
  });

  it('reads everything anew when asked', async () => {
    await dashboard.click('Refresh');
    await window.until(
      'a fresh picture',
      async () => /^Updated just now$/.test(await dashboard.text('.freshness')) || undefined,
    );
  });

  it('keeps notifications away while it is seen', async () => {
    await window.clearNotifications();
    await folder.run(window, 'doomed');
    await dashboard.row('Doomed', ({ name, status }) => name === 'Doomed' && status === 'Failed');
    assert.deepEqual(await window.notifications(), []);
  });
});

/** What the first visible row says, and where it stands; the shown times change by themselves. */
function topRow(list: Element): string {
  const box = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll('.row')];
  const tops = rows.map((row) => ({
    top: row.getBoundingClientRect().top - box.top,
    id: row.querySelector('.row-id')?.textContent ?? '',
  }));
  const first = tops.filter(({ top }) => top >= 0).sort((a, b) => a.top - b.top)[0];
  return `${String(first?.id)} at ${String(first?.top)}`;
}

/** Executions that are over, without starting processes for them. */
async function fill(folder: TestFolder): Promise<void> {
  const text = "name: Filler\ntasks:\n  nothing: { if: 'false', run: echo nothing }\n";
  await folder.write('workflows/filler.yaml', text);
  const options = { workspace: folder.path, environment: process.env };
  const trigger = { kind: 'manual', source: 'cli' } as const;
  for (let count = 0; count < fillers; count += 1) {
    const started = await startExecution(options, { agent: 'filler', inputs: {}, trigger });
    assert.ok(started.ok);
    await started.value.finished;
  }
}

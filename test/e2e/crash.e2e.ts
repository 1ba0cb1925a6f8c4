import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { extensionHostsOf } from '../host/process-tree.ts';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { TestFolder } from './test-folder.ts';

/** `AGENT_EXECUTOR_CRASHES=20 npm run test:e2e -- test/e2e/crash.e2e.ts` asks for more. */
const crashes = Number(process.env['AGENT_EXECUTOR_CRASHES'] ?? 2);
const tasks = 12;
const taskMs = 120;
/** Within this time a window that is up shows the truth. */
const trueWithinMs = 2000;
const container = 'Agent Executor';

/** What every task does: says once that it ran, and takes a while. */
const mark = `const { AGENT_EXECUTION_ID: execution, AGENT_TASK_ID: task } = process.env;
require('node:fs').appendFileSync('marks.txt', execution + ' ' + task + '\\n');
setTimeout(() => {}, ${String(taskMs)});
`;

function chain(): string {
  const lines = Array.from({ length: tasks }, (_, at) => {
    const needs = at === 0 ? '' : `needs: t${String(at - 1)}, `;
    return `  t${String(at)}: { ${needs}run: "require(process.cwd() + '/mark.cjs')" }\n`;
  });
  return `name: Chain\ndefaults: { shell: node }\ntasks:\n${lines.join('')}`;
}

describe('an extension host that is killed at any moment of a run', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;
  let other: AppWindow;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    folder = await TestFolder.make(windows);
    await folder.write('mark.cjs', mark);
    await folder.write('workflows/chain.yaml', chain());
    window = await windows.openAlone({ workspace: folder.path });
    await window.views.openContainer(container);
    other = await windows.another(window);
    await other.views.openContainer(container);
  });

  for (let crash = 1; crash <= crashes; crash += 1) {
    it(`changes nothing for the run (${String(crash)} of ${String(crashes)})`, async () => {
      await folder.remove('marks.txt');
      await folder.run(window, 'chain');
      await pause(Math.random() * tasks * taskMs * 1.5);
      const hosts = extensionHostsOf(window.server.pid);
      assert.notEqual(hosts.length, 0);
      for (const pid of hosts) process.kill(pid, 'SIGKILL');
      // One after the other: windows of one browser share what the editor remembers.
      for (const one of [window, other]) {
        await one.reload();
        await one.views.openContainer(container);
      }

      const over = await folder.over('chain');
      assert.equal(over.status, 'succeeded');
      assert.deepEqual(
        folder.marks(),
        over.tasks.map(({ id }) => `${over.id} ${id}`),
      );
      for (const one of [window, other]) {
        await one.views.row('Executions', 'Chain');
        await one.until(
          'every execution as it is',
          async () => {
            const rows = await one.views.rows('Executions');
            const chains = rows.filter(({ level, label }) => level === 2 && label === 'Chain');
            const isTrue = chains.every(({ description }) => description.startsWith('succeeded'));
            return (isTrue && chains.length > 0) || undefined;
          },
          trueWithinMs,
        );
      }
    });
  }
});

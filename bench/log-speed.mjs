// What the speed of a log is taken from.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { lastLog, logTimes, payload } from './workspace.mjs';

/**
 * Logs of 50 MB one after the other beside as many empty ones, and the same for `cat > file` in a shell. Both write to
 * new files, and what is still to be written of all that was before is written first.
 * @param {{ readonly node: string, readonly cli: string, readonly cwd: string, readonly folder: string, readonly times: number }} options
 * @returns {import('./subject.mjs').Subject[]}
 */
export function logSpeedSubjects({ node, cli, cwd, folder, times }) {
  const hasShell = process.platform !== 'win32';
  const before = () => void (hasShell && spawnSync('sync'));
  const tasks = Array.from({ length: logTimes }, (_, index) => `t${index}`);
  const own = { cwd, times, before };
  const subjects = [
    {
      ...own,
      id: 'logs/none',
      title: `${logTimes} tasks, beside the logs`,
      command: [node, cli, 'run', 'no-logs'],
    },
    {
      ...own,
      id: 'logs',
      title: `${logTimes} logs of 50 MB: Agent Executor`,
      command: [node, cli, 'run', 'logs'],
      after: () => tasks.forEach((task) => rmSync(lastLog(cwd, task))),
    },
  ];
  if (!hasShell) return subjects;
  const copies = tasks.map((task) => path.join(folder, `cat-${task}.txt`));
  return [
    ...subjects,
    { ...own, id: 'logs/sh', title: 'sh alone, beside cat', command: ['sh', '-ec', ': noop'] },
    {
      ...own,
      id: 'logs/cat',
      title: `${logTimes} logs of 50 MB: cat > file`,
      command: ['sh', '-ec', copies.map((copy) => `cat ${payload.name} > '${copy}'`).join('\n')],
      after: () => copies.forEach((copy) => rmSync(copy)),
    },
  ];
}

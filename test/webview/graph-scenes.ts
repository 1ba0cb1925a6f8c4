import type { BedOptions } from './dashboard-bed.ts';
import { at, fakeExecution, fakeHistory, triedTask } from './fake-executions.ts';
import type { TaskExecution } from '../../src/model/execution.ts';
import { newTask } from '../unit/model/build-execution.ts';

/** Executions whose graphs are wide, deep or large; times are relative to `nowMs`. */
export function makeGraphScenes(
  nowMs: number,
): Readonly<Record<'wide' | 'matrix' | 'crowd', BedOptions>> {
  const history = fakeHistory(12, nowMs - 900_000);
  return {
    wide: { executions: [wide(nowMs), ...history] },
    matrix: { executions: [matrix(nowMs), ...history] },
    crowd: { executions: [crowd(nowMs, 240), ...history] },
  };
}

type Item = ReturnType<typeof fakeExecution>;

/** A pipeline of many stages with shortcuts between them. */
function wide(nowMs: number): Item {
  const ago = (seconds: number): number => nowMs - seconds * 1000;
  const done = (id: string, from: number, to: number, needs: readonly string[]): TaskExecution =>
    triedTask(id, 'succeeded', { startMs: ago(from), endMs: ago(to) }, { needs });
  return fakeExecution(0x1de, 'running', ago(640), {
    agent: 'platform/release',
    name: 'Platform release',
    tasks: [
      done('checkout', 639, 630, []),
      done('install', 630, 571, ['checkout']),
      done('lint', 571, 540, ['install']),
      done('types', 571, 512, ['install']),
      done('unit tests', 571, 402, ['install']),
      triedTask(
        'browser tests',
        'failed',
        { startMs: ago(571), endMs: ago(352), attempts: 3 },
        { needs: ['install'], continueOnError: true, message: 'ended with exit code 1' },
      ),
      done('licences', 560, 548, ['checkout']),
      done('bundle', 402, 260, ['lint', 'types', 'unit tests']),
      done('sign', 240, 221, ['bundle', 'licences']),
      triedTask(
        'deploy to staging',
        'succeeded',
        { startMs: ago(221), endMs: ago(101) },
        { needs: ['sign', 'browser tests'] },
      ),
      triedTask(
        'smoke tests',
        'running',
        { startMs: ago(100), endMs: null },
        {
          needs: ['deploy to staging'],
        },
      ),
      triedTask(
        'load tests',
        'retrying',
        { startMs: ago(98), endMs: ago(40) },
        {
          needs: ['deploy to staging'],
          finishedAt: null,
          message: 'ended with exit code 137',
          nextAttemptAt: at(nowMs + 20_000),
        },
      ),
      triedTask(
        'release board',
        'waiting',
        { startMs: ago(90), endMs: null },
        {
          needs: ['deploy to staging'],
          kind: 'approval',
          question: 'Deploy to production?',
        },
      ),
      newTask('deploy to production', { needs: ['smoke tests', 'load tests', 'release board'] }),
      newTask('announce', { needs: ['deploy to production'] }),
      newTask('report', { isFinally: true }),
      newTask('remove the staging slot', { isFinally: true }),
    ],
  });
}

/** Matrix groups, some over, some at work. */
function matrix(nowMs: number): Item {
  const ago = (seconds: number): number => nowMs - seconds * 1000;
  const systems = ['linux', 'mac', 'windows'];
  const versions = ['20', '22', '24'];
  const tests = systems.flatMap((system, row) =>
    versions.map((version, column) => {
      const id = `test (${system}, ${version})`;
      const startMs = ago(150 - 9 * (row * 3 + column));
      const endMs = startMs + 31_000 + 7000 * ((row * 5 + column * 3) % 7);
      const change = { group: 'test', needs: ['prepare'] };
      if (row === 1 && column === 2) {
        return triedTask(id, 'failed', { startMs, endMs }, { ...change, message: 'timed out' });
      }
      return endMs > nowMs - 55_000
        ? triedTask(id, 'running', { startMs, endMs: null }, change)
        : triedTask(id, 'succeeded', { startMs, endMs }, change);
    }),
  );
  const packages = systems.map((system) =>
    newTask(`package (${system})`, { group: 'package', needs: tests.map(({ id }) => id) }),
  );
  return fakeExecution(0x3a7, 'running', ago(180), {
    agent: 'matrix',
    name: 'Every platform',
    tasks: [
      triedTask('prepare', 'succeeded', { startMs: ago(179), endMs: ago(151) }),
      triedTask('docs', 'succeeded', { startMs: ago(179), endMs: ago(120) }),
      ...tests,
      ...packages,
      newTask('publish', { needs: [...packages.map(({ id }) => id), 'docs'] }),
      newTask('tidy', { isFinally: true }),
    ],
  });
}

/** Many tasks in layers, each with two needs. */
function crowd(nowMs: number, count: number): Item {
  const startMs = nowMs - 600_000;
  const tasks = Array.from({ length: count }, (_, index) => {
    const id = `step ${String(index + 1)}`;
    const needs =
      index < 12 ? [] : [`step ${String(index - 11)}`, `step ${String(index - 11 + (index % 2))}`];
    const layer = Math.floor(index / 12);
    const from = startMs + layer * 40_000 + (index % 12) * 500;
    if (layer > 13) return newTask(id, { needs });
    const status = layer === 13 ? 'running' : 'succeeded';
    return triedTask(
      id,
      status,
      { startMs: from, endMs: layer === 13 ? null : from + 35_000 },
      {
        needs: [...new Set(needs)],
      },
    );
  });
  return fakeExecution(0xc40, 'running', startMs, { agent: 'crowd', name: 'Many tasks', tasks });
}

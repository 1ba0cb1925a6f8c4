import type { BedOptions } from './dashboard-bed.ts';
import { makeGraphScenes } from './graph-scenes.ts';
import type { TaskExecution } from '../../src/model/execution.ts';
import { at, fakeExecution, fakeHistory, triedTask } from './fake-executions.ts';
import { newTask } from '../unit/model/build-execution.ts';

const lines = [
  '> shop@2.4.0 test',
  '> node --test',
  '',
  '\u001b[32m✔\u001b[39m adds an item to the basket (3.2 ms)',
  '\u001b[32m✔\u001b[39m refuses an item that is sold out (1.1 ms)',
  '\u001b[32m✔\u001b[39m keeps the basket over a reload (18.4 ms)',
];

/** A log of a test run that is under way. */
function testLog(count: number): string {
  const more = Array.from(
    { length: count },
    (_, index) => `✔ case ${String(index + 1).padStart(3, '0')} of the price list (0.4 ms)`,
  );
  return [...lines, ...more, ''].join('\n');
}

/** Every state the dashboard has a face for; times are relative to `nowMs`. */
export function makeScenes(nowMs: number): Readonly<Record<string, BedOptions>> {
  const history = fakeHistory(40, nowMs - 300_000);
  const ago = (seconds: number): number => nowMs - seconds * 1000;
  const running = fakeExecution(0xa1f3, 'running', ago(96), {
    inputs: { version: '2.4.0', channel: 'stable' },
    tasks: [
      triedTask('lint', 'succeeded', { startMs: ago(95), endMs: ago(83) }),
      triedTask('types', 'succeeded', { startMs: ago(95), endMs: ago(71) }),
      triedTask(
        'test',
        'running',
        { startMs: ago(70), endMs: null, attempts: 2 },
        {
          needs: ['lint', 'types'],
        },
      ),
      triedTask(
        'build (linux)',
        'succeeded',
        { startMs: ago(70), endMs: ago(31) },
        {
          group: 'build',
        },
      ),
      triedTask('build (mac)', 'running', { startMs: ago(70), endMs: null }, { group: 'build' }),
      triedTask(
        'build (win)',
        'retrying',
        { startMs: ago(60), endMs: null },
        {
          group: 'build',
          reason: 'exit',
          message: 'ended with exit code 137',
          nextAttemptAt: at(nowMs + 8000),
        },
      ),
      newTask('publish', { needs: ['test', 'build (linux)', 'build (mac)', 'build (win)'] }),
      newTask('tidy', { isFinally: true }),
    ],
  });
  const failed = fakeExecution(0xbeef, 'failed', ago(610), {
    agent: 'health',
    name: 'Repository health',
    trigger: { kind: 'manual', source: 'cli' },
    reason: 'exit',
    message: 'test failed after 3 attempts: ended with exit code 1',
    inputs: { version: '2.4.0', notes: 'Fixes the basket.\nRead more in the handbook.' },
    outputs: { report: '{"passed": 41, "failed": 1}' },
    finishedAt: at(ago(548)),
    attempt: 2,
    tasks: [
      triedTask('lint', 'succeeded', { startMs: ago(609), endMs: ago(598) }),
      triedTask(
        'types',
        'failed',
        { startMs: ago(609), endMs: ago(590) },
        {
          continueOnError: true,
          reason: 'exit',
          message: 'ended with exit code 2',
        },
      ),
      triedTask(
        'test',
        'failed',
        { startMs: ago(590), endMs: ago(548), attempts: 3 },
        {
          reason: 'exit',
          message: 'ended with exit code 1',
          exitCode: 1,
        },
      ),
      newTask('summary', {
        status: 'skipped',
        needs: ['test'],
        message: 'skipped: test failed',
        finishedAt: at(ago(548)),
      }),
      triedTask('tidy', 'succeeded', { startMs: ago(548), endMs: ago(547.7) }, { isFinally: true }),
    ],
  });
  const stuck = fakeExecution(0x57ac, 'running', ago(400), {
    agent: 'ops/backup',
    name: 'Nightly backup',
    tasks: [
      triedTask('dump', 'succeeded', { startMs: ago(399), endMs: ago(371) }),
      triedTask('upload', 'running', { startMs: ago(370), endMs: null }),
      newTask('verify', { needs: ['upload'] }),
    ],
  });
  const waiting = fakeExecution(0xa5c0, 'waiting', ago(120), {
    tasks: [
      triedTask('build', 'succeeded', { startMs: ago(119), endMs: ago(100) }),
      triedTask(
        'ask',
        'waiting',
        { startMs: ago(99), endMs: null },
        {
          kind: 'approval',
          question: 'Publish 2.4.0 to stable?',
        },
      ),
      newTask('publish', { needs: ['ask'] }),
    ],
  });
  const longName = 'a-very-long-name-of-something-that-nobody-would-ever-type-but-a-generator-does';
  const long = fakeExecution(0x1234, 'failed', ago(4000), {
    agent: `tools/generated/${longName}`,
    name: `Check ${longName} against every other ${longName}`,
    message: `${longName}: ${'the reason is long as well and goes on for several lines. '.repeat(9)}`,
    reason: 'spawn',
    inputs: { [longName]: longName.repeat(2), path: '/home/someone/'.repeat(10) },
    finishedAt: at(ago(3000)),
    tasks: [
      triedTask(
        longName,
        'failed',
        { startMs: ago(3999), endMs: ago(3000) },
        {
          reason: 'spawn',
          message: `could not start: ${longName}`,
        },
      ),
      newTask(`${longName}-2`, { needs: [longName, `${longName}-3`], status: 'skipped' }),
    ],
  });
  const interrupted = fakeExecution(0x0dd0, 'interrupted', ago(9000), {
    agent: 'hello',
    name: 'Hello',
    finishedAt: at(ago(8990)),
    message: 'the runner ended before this execution did',
    tasks: [
      triedTask(
        'greet',
        'interrupted',
        { startMs: ago(9000), endMs: ago(8990) },
        {
          message: 'the runner ended before this task did',
        },
      ),
    ],
  });
  const deploys = [0, 1].map((place) => {
    const startMs = ago(5400 - place * 4600);
    const end = (id: string, from: number, to: number, more = {}): TaskExecution =>
      triedTask(
        id,
        'succeeded',
        { startMs: startMs + from * 1000, endMs: startMs + to * 1000 },
        more,
      );
    const isNew = place === 1;
    const common = {
      agent: 'deploy',
      name: 'Deploy the shop',
      finishedAt: at(startMs + (isNew ? 143_000 : 96_000)),
      workflow: { path: 'workflows/deploy.yaml', hash: `sha256-${String(place)}` },
      inputs: { version: isNew ? '2.5.0' : '2.4.0', region: 'eu-west', notify: true },
    };
    const build = { outputs: { image: `shop:${isNew ? '2.5.0' : '2.4.0'}`, size: '81 MB' } };
    return isNew
      ? fakeExecution(0xde02, 'failed', startMs, {
          ...common,
          reason: 'exit',
          message: 'migrate ended with exit code 1',
          tasks: [
            end('lint', 0, 11),
            end('test', 0, 74),
            end('build', 74, 101, { ...build, needs: ['lint', 'test'] }),
            end('scan the image for known weaknesses', 101, 117, { needs: ['build'] }),
            triedTask(
              'migrate',
              'failed',
              { startMs: startMs + 117_000, endMs: startMs + 143_000, attempts: 3 },
              { needs: ['build'], reason: 'exit', message: 'ended with exit code 1' },
            ),
            newTask('roll out', { status: 'skipped', needs: ['migrate'] }),
            newTask('smoke test', { status: 'skipped', needs: ['roll out'] }),
          ],
        })
      : fakeExecution(0xde01, 'succeeded', startMs, {
          ...common,
          outputs: { url: 'https://shop.example/2.4.0' },
          tasks: [
            end('lint', 0, 12),
            end('test', 0, 31),
            end('build', 31, 60, { ...build, needs: ['lint', 'test'] }),
            end('migrate', 60, 63, { needs: ['build'], outputs: { applied: '0' } }),
            end('roll out', 63, 88, { needs: ['migrate'] }),
            end('smoke test', 88, 96, { needs: ['roll out'] }),
          ],
        });
  });
  const bigLog = Array.from({ length: 60_000 }, (_, index) =>
    index === 31_000
      ? 'src/price/discount.ts(14,10): error TS2322: not a number'
      : `line ${String(index)} of a build that says a lot about src/part-${String(index % 40)}.ts`,
  ).join('\n');
  const colourLog = [
    '\u001b[1mbold\u001b[0m \u001b[2mdim\u001b[0m \u001b[3mitalic\u001b[0m \u001b[4munderlined\u001b[0m \u001b[7minverse\u001b[0m \u001b[9mstruck\u001b[0m',
    ...[30, 90].map((base) =>
      Array.from(
        { length: 8 },
        (_, index) => `\u001b[${String(base + index)}mcolour ${String(base + index)}\u001b[0m`,
      ).join(' '),
    ),
    ...[40, 100].map((base) =>
      Array.from(
        { length: 8 },
        (_, index) => `\u001b[${String(base + index)}m on ${String(base + index)} \u001b[0m`,
      ).join(' '),
    ),
    '\u001b[38;5;208morange of 256\u001b[0m \u001b[38;2;120;90;255mviolet of 16 million\u001b[0m',
    'src/price/discount.ts:14:10 - \u001b[31merror\u001b[0m \u001b[90mTS2322\u001b[0m: not a number',
    'at Context.<anonymous> (test/discount.test.js:14:10)',
    '  File "tools/check.py", line 7, in main',
    '',
  ].join('\n');
  const logs = {
    'test.1.log': testLog(3),
    'test.2.log': testLog(60),
    'test.3.log': `${testLog(12)}\u001b[31m✖ applies the discount once (2.0 ms)\u001b[39m\n  AssertionError: 90 !== 81\n      at test/discount.test.js:14:10\n`,
    'upload.1.log': 'connecting to backup.example…\r\nuploading part 1 of 40\r\n',
    'greet.1.log': 'hello\n',
    'dump.1.log': 'ok\n',
    'lint.1.log': colourLog,
    'build (linux).1.log': bigLog,
  };
  const verdicts = [
    {
      kind: 'silent-task' as const,
      execution: stuck.execution.id,
      task: 'upload',
      since: at(ago(130)),
      evidence: 'no output for 4 m 10 s; process 4711 alive, idle; p95 of 20 runs: 14 s',
    },
  ];
  const all = [running, waiting, stuck, failed, long, interrupted, ...history];
  const others = all.filter((item) => item !== running);
  const first = (item: (typeof all)[number]): typeof all => [
    item,
    ...all.filter((other) => other !== item),
  ];
  return {
    running: { executions: all, verdicts, logs },
    failed: { executions: first(failed), verdicts, logs },
    stuck: { executions: first(stuck), verdicts, logs },
    waiting: { executions: first(waiting), verdicts, logs },
    interrupted: { executions: first(interrupted), verdicts, logs },
    empty: { executions: [] },
    'long-names': { executions: first(long), verdicts, logs },
    error: {
      executions: others,
      verdicts,
      logs,
      trouble: [
        {
          folder: 'shop',
          message: 'task-executions.json is of a newer version (2)',
          hint: 'It is shown read-only. Update the extension to change it.',
        },
      ],
    },
    untrusted: { executions: all, verdicts, logs, isTrusted: false },
    'several-folders': {
      executions: all.map((item, index) => ({
        ...item,
        folder: ['shop', 'warehouse', 'a-folder-with-a-long-name'][index % 3] ?? 'shop',
      })),
      verdicts,
      logs,
    },
    ...makeGraphScenes(nowMs),
    compared: { executions: [...deploys.toReversed(), ...all], verdicts, logs },
    narrow: { executions: all, verdicts, logs, width: 460, height: 860 },
    medium: { executions: first(failed), verdicts, logs, width: 820, height: 640 },
  };
}

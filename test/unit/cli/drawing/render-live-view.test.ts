import assert from 'node:assert/strict';
import { renderLiveView, type LiveFrame } from '../../../../src/cli/drawing/render-live-view.ts';
import { textWidth } from '../../../../src/cli/drawing/text-width.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import {
  at,
  exampleAttempt,
  exampleExecution,
  failedTask,
  nowMs,
  runningTask,
  succeededTask,
} from '../example-execution.ts';
import { colouredLook, plainLook } from './look.ts';
import { newTask } from '../../model/build-execution.ts';

function frameOf(execution: Execution, change: Partial<LiveFrame> = {}): LiveFrame {
  return {
    execution,
    lastLines: new Map(),
    verdicts: [],
    nowMs,
    frame: 0,
    columns: 80,
    rows: 24,
    footer: 'Ctrl-C cancels',
    ...change,
  };
}

const busy = exampleExecution({
  tasks: [
    succeededTask('lint', 0, 1.25),
    runningTask('test', 0),
    newTask('flaky', {
      status: 'retrying',
      attempt: 1,
      message: 'exit code 1',
      attempts: [exampleAttempt(0, 5, { status: 'failed' })],
      nextAttemptAt: at(9),
      startedAt: at(0),
    }),
    failedTask('audit', 0, 2, 'exit code 3'),
    newTask('build', { needs: ['lint', 'test'] }),
    newTask('docs', {
      status: 'skipped',
      message: 'its condition was false',
      finishedAt: at(1),
    }),
  ],
});

describe('renderLiveView', () => {
  it('draws one line a task, with what it does', () => {
    const lastLines = new Map([['test', '\u001b[32m12 passing\u001b[0m']]);
    assert.deepEqual(renderLiveView(frameOf(busy, { lastLines }), plainLook), [
      '⠋ Release check release · 20261122-141503-7f3a · running · 7 s',
      '  ✓ lint  succeeded  1.3 s',
      '  ⠋ test  running    7 s      12 passing',
      '  ↻ flaky retrying   5 s      again in 2 s · exit code 1',
      '  ✗ audit failed     2 s      exit code 3',
      '  ○ build pending             after test',
      '  - docs  skipped             its condition was false',
      '  3 of 6 over · Ctrl-C cancels',
    ]);
  });

  it('leaves out the words of states on a narrow terminal', () => {
    assert.deepEqual(renderLiveView(frameOf(busy, { columns: 34 }), plainLook), [
      '⠋ Release check running · 7 s',
      '  ✓ lint  1.3 s',
      '  ⠋ test  7 s',
      '  ↻ flaky 5 s     again in 2 s ·…',
      '  ✗ audit 2 s     exit code 3',
      '  ○ build         after test',
      '  - docs          its condition …',
      '  3 of 6 over · Ctrl-C cancels',
    ]);
  });

  it('folds what ended first when there are more tasks than rows', () => {
    const tasks = Array.from({ length: 60 }, (_, index) =>
      index < 40
        ? succeededTask(`t${String(index)}`, 0, index / 10)
        : index < 44
          ? runningTask(`t${String(index)}`, 4)
          : newTask(`t${String(index)}`),
    );
    const lines = renderLiveView(frameOf(exampleExecution({ tasks }), { rows: 12 }), plainLook);
    assert.deepEqual(
      lines.map((line) => line.trimEnd()),
      [
        '⠋ Release check release · 20261122-141503-7f3a · running · 7 s',
        '  ✓ t38 succeeded  3.8 s',
        '  ✓ t39 succeeded  3.9 s',
        '  ⠋ t40 running    3 s',
        '  ⠋ t41 running    3 s',
        '  ⠋ t42 running    3 s',
        '  ⠋ t43 running    3 s',
        '  ○ t44 pending',
        '  ○ t45 pending',
        '  … 52 more: 38 succeeded, 14 pending',
        '  40 of 60 over · Ctrl-C cancels',
      ],
    );
  });

  it('never draws wider or higher than the terminal', () => {
    const tasks = [
      ...busy.tasks,
      ...Array.from({ length: 80 }, (_, i) => runningTask(`任務 ${String(i)}`, 1)),
    ];
    const lastLines = new Map(tasks.map(({ id }) => [id, '漢字 '.repeat(60)]));
    for (const columns of [10, 20, 40, 59, 60, 61, 80, 200]) {
      for (const rows of [4, 10, 24, 100]) {
        const frame = frameOf(exampleExecution({ tasks }), { columns, rows, lastLines });
        const lines = renderLiveView(frame, colouredLook);
        assert.ok(lines.length < rows, `${String(lines.length)} lines in ${String(rows)} rows`);
        for (const line of lines) {
          assert.ok(textWidth(line) < Math.max(columns, 11), `${String(columns)}: ${line}`);
        }
      }
    }
  });

  it('shows the evidence of a stuck task in place of its output', () => {
    const execution = exampleExecution({ tasks: [runningTask('hang', 0)] });
    const evidence = 'no output for 12 s; process 4711 alive, idle';
    const verdict = {
      kind: 'silent-task',
      execution: execution.id,
      task: 'hang',
      since: at(0),
      evidence,
    } as const;
    const lines = renderLiveView(frameOf(execution, { verdicts: [verdict] }), plainLook);
    assert.equal(lines[1], `  ! hang stuck?     7 s      ${evidence}`);
  });

  it('says how an approval is answered', () => {
    const ask = newTask('ask', {
      status: 'waiting',
      question: 'Publish 1.2.0?',
      attempt: 1,
      attempts: [exampleAttempt(2)],
      startedAt: at(2),
    });
    const lines = renderLiveView(frameOf(exampleExecution({ tasks: [ask] })), plainLook);
    assert.deepEqual(
      lines.slice(1),
      [
        '  ? ask waiting    5 s      Publish 1.2.0?',
        '  In another terminal: agent-executor approve 20261122-141503-7f3a   (or reject)',
        '  0 of 1 over · Ctrl-C cancels',
      ].map((line) => (line.length > 79 ? `${line.slice(0, 78)}…` : line)),
    );
  });

  it('shows nothing of escape sequences and carriage returns that a task wrote', () => {
    const execution = exampleExecution({ tasks: [runningTask('test', 0)] });
    const lastLines = new Map([['test', '10 %\r50 %\u001b]0;title\u0007\u001b[2J\r']]);
    const lines = renderLiveView(frameOf(execution, { lastLines }), plainLook);
    assert.equal(lines[1], '  ⠋ test running    7 s      50 %');
  });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {
  exportExecutions,
  writePieces,
  type ExportFormat,
} from '../../../../src/engine/export/export-executions.ts';
import {
  executionFolder,
  logPath,
  type StateFolder,
} from '../../../../src/engine/store/state-folder.ts';
import type { Execution, TaskExecution } from '../../../../src/model/execution.ts';
import { at, exampleExecution, failedTask, succeededTask } from '../../cli/example-execution.ts';
import { temporaryState, value } from '../store/fixtures.ts';
import { checkXml } from './check-xml.ts';

describe('exportExecutions', () => {
  let folder: StateFolder;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryState());
  });
  afterEach(() => {
    remove();
  });

  const exported = async (format: ExportFormat, ...executions: Execution[]): Promise<string> => {
    let text = '';
    for await (const piece of exportExecutions(folder, executions, format)) text += piece;
    return text;
  };
  const log = (task: TaskExecution | undefined, text: string | Uint8Array): void => {
    const file = logPath(folder, task?.attempts[0]?.log ?? '');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  const failed = exampleExecution({
    status: 'failed',
    reason: 'exit',
    startedAt: at(0),
    finishedAt: at(5),
    inputs: { version: '1.2.0' },
    tasks: [succeededTask('lint', 0, 2), failedTask('test', 2, 5, 'exited with code 1')],
  });

  it('writes an execution with its workflow and logs as one JSON document', async () => {
    log(failed.tasks[0], 'line one\n"quoted" \u0007\n');
    fs.mkdirSync(executionFolder(folder, failed.id), { recursive: true });
    fs.writeFileSync(path.join(executionFolder(folder, failed.id), 'workflow.yaml'), 'tasks: {}\n');
    assert.deepEqual(JSON.parse(await exported('json', failed)), {
      format: 'agent-executor-export',
      version: 1,
      executions: [
        {
          execution: failed,
          workflow: 'tasks: {}\n',
          logs: [
            {
              task: 'lint',
              attempt: 1,
              log: failed.tasks[0]?.attempts[0]?.log,
              text: 'line one\n"quoted" \u0007\n',
            },
            { task: 'test', attempt: 1, log: failed.tasks[1]?.attempts[0]?.log, text: '' },
          ],
        },
      ],
    });
  });

  it('keeps every character of a long log, also where it is cut into pieces', async () => {
    const text = `x${'€😀'.repeat(80_000)}`;
    log(failed.tasks[0], text);
    const document = JSON.parse(await exported('json', failed)) as {
      executions: { logs: { text: string }[] }[];
    };
    assert.ok(document.executions[0]?.logs[0]?.text === text);
  });

  it('writes results as JUnit', async () => {
    log(failed.tasks[1], 'expected 1 < 2 & "so on"\n');
    const text = await exported('junit', failed);
    assert.equal(
      text,
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Agent Executor" tests="2" failures="1" errors="0" skipped="0" time="5.000">
  <testsuite name="Release check" tests="2" failures="1" errors="0" skipped="0" time="5.000" timestamp="2026-11-22T14:15:03" id="20261122-141503-7f3a">
    <properties>
      <property name="execution" value="20261122-141503-7f3a"/>
      <property name="agent" value="release"/>
      <property name="status" value="failed"/>
      <property name="attempt" value="1"/>
      <property name="input.version" value="1.2.0"/>
    </properties>
    <testcase classname="release" name="lint" time="2.000">
    </testcase>
    <testcase classname="release" name="test" time="3.000">
      <failure message="exited with code 1" type="exit">exited with code 1</failure>
      <system-out>expected 1 &lt; 2 &amp; "so on"
</system-out>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
    checkXml(text);
  });

  it('is well-formed whatever the text', async () => {
    const evil =
      '\u0000\u001b[31m<a b="c">]]>\u001b]0;title\u0007&amp; \ud800 \udc00 \ufffe 😀\r\n\t\u000b--';
    const task = { ...failedTask('test', 0, 1, evil), name: evil };
    const execution = {
      ...failed,
      id: 'other',
      name: evil,
      agent: evil,
      inputs: { [evil]: evil },
      tasks: [task],
    };
    log(task, Buffer.concat([Buffer.from(evil), Buffer.from([0xff, 0xc0, 0x80])]));
    const text = await exported('junit', execution, failed);
    checkXml(text);
    assert.match(text, /&lt;a b=&quot;c&quot;&gt;\]\]&gt;&amp;amp;/);
  });

  for (const [what, task, tag] of [
    [
      'cannot be started',
      { status: 'failed', reason: 'spawn' },
      /<error message="why" type="spawn">/,
    ],
    [
      'may fail',
      { status: 'failed', reason: 'exit', continueOnError: true },
      /<skipped message="failed, and may fail: why"\/>/,
    ],
    ['was skipped', { status: 'skipped', message: null }, /<skipped message="skipped"\/>/],
    ['is running', { status: 'running', message: null }, /<skipped message="running"\/>/],
    ['was interrupted', { status: 'interrupted' }, /<error message="why" type="interrupted">/],
  ] as const) {
    it(`says of a task that it ${what}`, async () => {
      const tasks = [{ ...failedTask('test', 0, 1, 'why'), ...task }];
      assert.match(await exported('junit', { ...failed, status: 'running', tasks }), tag);
    });
  }

  it('has an error for an execution that failed before its tasks', async () => {
    const execution = {
      ...failed,
      reason: 'invalid-workflow' as const,
      message: 'unknown key',
      tasks: [],
    };
    const text = await exported('junit', execution);
    assert.match(text, /tests="1" failures="0" errors="1"/);
    assert.match(text, /<error message="unknown key" type="invalid-workflow">unknown key<\/error>/);
  });

  it('replaces a file as a whole, and leaves it when it fails', async () => {
    const file = path.join(folder.workspace, 'out.xml');
    fs.writeFileSync(file, 'before');
    async function* broken(): AsyncGenerator<string> {
      yield 'half';
      await Promise.resolve();
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    }
    const result = await writePieces(file, broken());
    assert.ok(!result.ok && /the disk is full/.test(result.error.message));
    assert.equal(fs.readFileSync(file, 'utf8'), 'before');
    value(await writePieces(file, exportExecutions(folder, [failed], 'junit')));
    checkXml(fs.readFileSync(file, 'utf8'));
    assert.deepEqual(fs.readdirSync(folder.workspace), ['out.xml']);
  });
});

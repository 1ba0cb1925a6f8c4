/** Results as JUnit XML, which CI systems and test viewers read: an execution is a suite, a task a case. */
import type { Attempt, Execution, TaskExecution } from '../../model/execution.ts';
import { readLogTail } from '../logs/read-log.ts';
import { logPath, type StateFolder } from '../store/state-folder.ts';
import { xmlAttribute, xmlText } from './xml-text.ts';

/** Of a task's output the end is enough: viewers load the whole file. */
const maxLogBytes = 64 * 1024;

/** What a task counts as. */
type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

/**
 * The document, piece by piece. A failed task is a failure where its own work failed (exit, signal, timeout, output,
 * rejected) and an error where it could not be done; one that may fail (`continue-on-error`), was cancelled or is not
 * over counts as skipped, with the reason.
 */
export async function* exportJunit(
  folder: StateFolder,
  executions: readonly Execution[],
): AsyncGenerator<string> {
  const totals = countVerdicts(executions.flatMap(casesOf));
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="Agent Executor"${totals}${xmlAttribute('time', seconds(executions.reduce((sum, execution) => sum + elapsedMs(execution), 0)))}>\n`;
  for (const execution of executions) yield* suite(folder, execution);
  yield '</testsuites>\n';
}

/** One case: a task, or the execution itself where it could not even begin. */
interface Case {
  readonly name: string;
  readonly task: TaskExecution | null;
  readonly verdict: Verdict;
  readonly type: string;
  readonly message: string;
  readonly timeMs: number;
}

async function* suite(folder: StateFolder, execution: Execution): AsyncGenerator<string> {
  const { id, agent, name, status, createdAt, startedAt, owner } = execution;
  const cases = casesOf(execution);
  yield `  <testsuite${xmlAttribute('name', name)}${countVerdicts(cases)}${xmlAttribute('time', seconds(elapsedMs(execution)))}${xmlAttribute('timestamp', (startedAt ?? createdAt).slice(0, 19))}${xmlAttribute('hostname', owner?.host ?? null)}${xmlAttribute('id', id)}>\n`;
  const properties = { execution: id, agent, status, attempt: String(execution.attempt) };
  yield '    <properties>\n';
  for (const [key, value] of Object.entries(properties)) yield property(key, value);
  for (const [key, value] of Object.entries(execution.inputs)) {
    yield property(`input.${key}`, String(value));
  }
  yield '    </properties>\n';
  for (const item of cases) {
    yield `    <testcase${xmlAttribute('classname', agent)}${xmlAttribute('name', item.name)}${xmlAttribute('time', seconds(item.timeMs))}>\n`;
    yield outcome(item);
    const output = item.task === null ? '' : await outputOf(folder, item.task);
    if (output !== '') yield `      <system-out>${xmlText(output)}</system-out>\n`;
    yield '    </testcase>\n';
  }
  yield '  </testsuite>\n';
}

function property(name: string, value: string): string {
  return `      <property${xmlAttribute('name', name)}${xmlAttribute('value', value)}/>\n`;
}

function outcome({ verdict, message, type }: Case): string {
  if (verdict === 'passed') return '';
  const short = message.split('\n')[0] ?? '';
  if (verdict === 'skipped') return `      <skipped${xmlAttribute('message', short)}/>\n`;
  const attributes = `${xmlAttribute('message', short)}${xmlAttribute('type', type)}`;
  return `      <${verdict}${attributes}>${xmlText(message)}</${verdict}>\n`;
}

function casesOf(execution: Execution): readonly Case[] {
  const { tasks, name, status, reason, message } = execution;
  const cases = tasks.map((task) => ({
    name: task.name,
    task,
    timeMs: task.attempts.reduce((sum, attempt) => sum + elapsedMs(attempt), 0),
    ...judge(task),
  }));
  // What failed as a whole (an invalid workflow, its own timeout) must not look well.
  const isBad = status === 'failed' || status === 'interrupted';
  const isSaid = cases.some(({ verdict }) => verdict === 'failure' || verdict === 'error');
  if (!isBad || isSaid) return cases;
  const why = message ?? `the execution ${status === 'failed' ? 'failed' : 'was interrupted'}`;
  const whole = { name, task: null, timeMs: 0, verdict: 'error', type: reason ?? status } as const;
  return [...cases, { ...whole, message: why }];
}

function judge(task: TaskExecution): Pick<Case, 'verdict' | 'type' | 'message'> {
  const { status, reason, continueOnError } = task;
  const message = task.message ?? status;
  if (status === 'succeeded') return { verdict: 'passed', type: '', message: '' };
  if (status === 'interrupted') return { verdict: 'error', type: 'interrupted', message };
  if (status !== 'failed')
    return {
      verdict: 'skipped',
      type: status,
      message: task.message === null ? status : `${status}: ${message}`,
    };
  const type = reason ?? 'failed';
  if (continueOnError)
    return { verdict: 'skipped', type, message: `failed, and may fail: ${message}` };
  const isOwn = ['exit', 'signal', 'timeout', 'output', 'rejected'].includes(type);
  return { verdict: isOwn ? 'failure' : 'error', type, message };
}

function countVerdicts(cases: readonly Case[]): string {
  const count = (wanted: Verdict): number =>
    cases.filter(({ verdict }) => verdict === wanted).length;
  return [
    xmlAttribute('tests', cases.length),
    xmlAttribute('failures', count('failure')),
    xmlAttribute('errors', count('error')),
    xmlAttribute('skipped', count('skipped')),
  ].join('');
}

/** The end of each attempt's output, under a title when there are several. */
async function outputOf(folder: StateFolder, { attempts }: TaskExecution): Promise<string> {
  const parts: string[] = [];
  for (const { attempt, log } of attempts) {
    const tail = await readLogTail(logPath(folder, log), maxLogBytes);
    const text = tail.ok ? tail.value.text : `(${tail.error.message})\n`;
    const cut =
      tail.ok && tail.value.from > 0 ? `(${String(tail.value.from)} bytes left out)\n` : '';
    if (text === '') continue;
    const title = attempts.length > 1 ? `-- attempt ${String(attempt)} --\n` : '';
    parts.push(`${title}${cut}${text}`);
  }
  return parts.join('\n');
}

function elapsedMs({
  startedAt,
  finishedAt,
}: Pick<Execution | Attempt, 'startedAt' | 'finishedAt'>): number {
  if (startedAt === null || finishedAt === null) return 0;
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

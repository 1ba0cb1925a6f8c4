import { isHistoryEntry, type HistoryEntry } from '../../engine/history/history-entry.ts';
import type { Execution } from '../../model/execution.ts';
import { formatDuration } from '../../model/duration.ts';
import type { AgentStats } from '../compute-stats.ts';
import { countTasks } from './count-tasks.ts';
import { statusGlyph, statusWord, type Look } from './describe-status.ts';
import { describeAgo, describeElapsed, describeMessage } from './describe-time.ts';
import type { ListedAgent } from '../list-agents.ts';
import { renderTable } from './render-table.ts';
import { cleanLine } from './text-width.ts';

/** The agents with what became of them last. */
export function renderAgents(agents: readonly ListedAgent[], look: Look, nowMs: number): string[] {
  const { paint } = look;
  return renderTable(
    agents.map(({ agent, name, problem, last }) => [
      last === null ? ' ' : statusGlyph(last.status, look),
      paint('bold', agent),
      problem === null
        ? name === agent
          ? ''
          : cleanLine(name)
        : paint('red', `invalid: ${cleanLine(problem)}`),
      last === null
        ? paint('dim', 'never run')
        : `${statusWord(last.status, look)} ${paint('dim', describeAgo(last.createdAt, nowMs))}`,
    ]),
  );
}

/** Executions, one a line, newest first. */
export function renderExecutions(
  executions: readonly (Execution | HistoryEntry)[],
  look: Look,
  nowMs: number,
  frame: number | null = null,
): string[] {
  const { paint } = look;
  return renderTable(
    executions.map((execution) => [
      statusGlyph(execution.status, look, frame),
      execution.id,
      paint('bold', execution.agent),
      statusWord(execution.status, look),
      describeElapsed(execution.startedAt, execution.finishedAt, nowMs),
      paint('dim', describeAgo(execution.createdAt, nowMs)),
      paint('dim', describeShort(execution)),
    ]),
  );
}

/** What is worth a few words in a list: why it failed, or how far it is. */
function describeShort(execution: Execution | HistoryEntry): string {
  if (isHistoryEntry(execution)) return describeSummary(execution);
  if (execution.parent !== null) return `part of ${execution.parent.execution}`;
  if (execution.status === 'succeeded') return '';
  const running = execution.tasks.filter((task) => task.status === 'running').map(({ id }) => id);
  if (running.length > 0) return running.join(', ');
  const failed = execution.tasks.find((task) => task.status === 'failed');
  if (failed !== undefined) return cleanLine(`${failed.id}: ${failed.message ?? 'failed'}`);
  if (execution.message !== null) return firstLineOf(execution.message);
  return execution.tasks.length === 0 ? '' : countTasks(execution.tasks);
}

function describeSummary({ parent, status, failed, message, tasks }: HistoryEntry): string {
  if (parent !== null) return `part of ${parent}`;
  if (status === 'succeeded') return '';
  if (failed !== null) return cleanLine(`${failed.task}: ${failed.message ?? 'failed'}`);
  if (message !== null) return firstLineOf(message);
  const begun = tasks.filter(([, runs]) => runs > 0).length;
  return tasks.length === 0 ? '' : `${String(begun)} of ${String(tasks.length)} tasks were run`;
}

function firstLineOf(message: string): string {
  return cleanLine(describeMessage(message).split('\n')[0] ?? '');
}

/** Statistics, agents with their tasks below. */
export function renderStats(stats: readonly AgentStats[], look: Look): string[] {
  const { paint } = look;
  const time = (ms: number | null): string => (ms === null ? '' : formatDuration(ms));
  const head = ['', 'runs', 'success', 'failed', 'p50', 'p95'].map((cell) => paint('dim', cell));
  const rows = stats.flatMap((agent) => [
    [
      paint('bold', agent.agent),
      String(agent.executions),
      agent.successRate === null ? '' : `${String(Math.round(agent.successRate * 1000) / 10)} %`,
      String(agent.failed + agent.interrupted),
      time(agent.p50Ms),
      time(agent.p95Ms),
    ],
    ...agent.tasks.map((task) => [
      `  ${task.task}`,
      String(task.runs),
      task.runs === 0
        ? ''
        : `${String(Math.round(((task.runs - task.failed) / task.runs) * 1000) / 10)} %`,
      String(task.failed),
      time(task.p50Ms),
      time(task.p95Ms),
    ]),
  ]);
  return renderTable([head, ...rows]);
}

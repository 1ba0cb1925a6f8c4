import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { describeMoment, describeSpan, joinParts } from '../describe-time.ts';
import { logOfExecution } from '../executions/context-words.ts';
import type { TooltipLine } from '../executions/describe-tooltip.ts';
import { isInPlaceOf, type AgentState } from '../folder-state.ts';
import { commandIds } from '../ids.ts';
import type { NodeItem } from '../tree/kept-tree.ts';
import { statusIcon, stuckIcon } from '../tree/status-icon.ts';
import { wordForResult } from '../status-words.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** The row of an agent; `last` is its newest execution, `isStuck` what is thought of that. */
export function describeAgentNode(
  agent: AgentState,
  last: Execution | null,
  isStuck: boolean,
  now: Date,
  t: Translate = inEnglish,
): NodeItem {
  const label = agent.agent.slice(agent.agent.lastIndexOf('/') + 1);
  const isBroken = agent.problem !== null;
  const hasFallenBack = last !== null && isInPlaceOf(agent.agent, last);
  const state =
    last === null ? null : wordForResult(agent.agent, last, t, isStuck ? t('stuck') : undefined);
  const status = last === null ? null : joinParts(state, momentOf(last, now, t));
  return {
    label,
    description: isBroken ? agent.problem : (status ?? ''),
    icon:
      isBroken || isStuck || hasFallenBack
        ? stuckIcon
        : last === null
          ? { id: 'circle-large-outline', color: null }
          : statusIcon(last.status),
    context: agentWords(agent, last).join(' '),
    spoken: [
      t('Agent {0}', agent.agent),
      isBroken ? t('not valid: {0}', agent.problem) : (status ?? t('never run')),
    ].join(', '),
    open: 'leaf',
    click: commandIds.openWorkflow,
  };
}

/** What can be done with an agent now. A broken one may be run too: the fallback, or a record of the failure. */
export function agentWords(agent: AgentState, last: Execution | null): readonly string[] {
  const words = ['agent', agent.problem === null ? 'valid' : 'broken'];
  if (last === null) return words;
  words.push('executed');
  if (logOfExecution(last) !== null) words.push('logged');
  return words;
}

/** Everything about an agent that has no room in its row. */
export function agentTooltip(
  agent: AgentState,
  last: Execution | null,
  now: Date,
  t: Translate = inEnglish,
): readonly TooltipLine[] {
  const lines: TooltipLine[] = [
    { label: t('Agent'), text: agent.agent },
    { label: t('File'), text: agent.path },
  ];
  if (agent.problem !== null) lines.push({ label: t('Not valid'), text: agent.problem });
  if (last === null) return lines;
  const took = describeSpan(last.startedAt, last.finishedAt);
  const state = wordForResult(agent.agent, last, t);
  const text = joinParts(state, took, describeMoment(last.createdAt, now, t), last.message);
  lines.push({ label: t('Last execution'), text });
  if (last.fallback !== null && isInPlaceOf(agent.agent, last)) {
    lines.push({ label: t('Why a fallback'), text: last.fallback.reason });
  }
  return lines;
}

function momentOf(execution: Execution, now: Date, t: Translate): string {
  const isOver = isExecutionOver(execution.status);
  const at = isOver ? (execution.finishedAt ?? execution.createdAt) : execution.createdAt;
  return isOver ? describeMoment(at, now, t) : t('since {0}', describeMoment(at, now, t));
}

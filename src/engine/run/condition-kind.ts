import { usesStatusFunction } from '../expressions/evaluate.ts';
import { parseExpression } from '../expressions/parse-expression.ts';
import { readCondition } from '../expressions/parse-template.ts';
import type { SchedulerTask } from './schedule.ts';

/** Whether an `if` is there, and whether it may hold after a failure, a skip or a cancel. */
export function conditionKind(condition: string | null): SchedulerTask['condition'] {
  if (condition === null) return 'none';
  const inside = readCondition(condition);
  if (inside === null) return 'plain';
  const parsed = parseExpression(inside.source);
  return parsed.ok && usesStatusFunction(parsed.value) ? 'status' : 'plain';
}

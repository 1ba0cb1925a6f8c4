import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
import { evaluateTemplate } from '../expressions/evaluate.ts';
import { createSurroundings } from './create-surroundings.ts';
import type { Engine } from './engine.ts';
import { ExecutionFacts } from './execution-facts.ts';
import { maskText } from './mask-secrets.ts';
import type { PreparedExecution } from './run-owned.ts';

/** Everything an execution needs before its first task, from its plan. Nothing is written. Code `expression`. */
export function prepareExecution(
  engine: Engine,
  execution: Execution,
  workflow: Workflow,
  secrets: Readonly<Record<string, string>>,
): Result<PreparedExecution> {
  const facts = new ExecutionFacts({ execution, workspace: engine.folder.workspace, secrets });
  const place = { id: execution.id, path: workflow.path };
  const surroundings = createSurroundings(engine, place, workflow, facts, secrets);
  if (!surroundings.ok) return surroundings;
  const concurrency = concurrencyOf(workflow, facts, surroundings.value.secretWords);
  if (!concurrency.ok) return concurrency;
  return ok({
    workflow,
    facts,
    surroundings: surroundings.value,
    concurrency: concurrency.value,
  });
}

function concurrencyOf(
  workflow: Workflow,
  facts: ExecutionFacts,
  secretWords: readonly string[],
): Result<Execution['concurrency']> {
  const { concurrency } = workflow;
  if (concurrency === null) return ok(null);
  const group = evaluateTemplate(concurrency.group, facts.scope());
  if (!group.ok) return fail('expression', `concurrency: ${group.error.message}`);
  const { onConflict } = concurrency;
  return ok({ group: maskText(group.value, secretWords), onConflict });
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
import { evaluateTemplate } from '../expressions/evaluate.ts';
import type { Log } from '../ports.ts';
import { executionFolder } from '../store/state-folder.ts';
import { parseDotenv } from './dotenv.ts';
import type { Engine } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import { layerEnvironment, userEnvironment } from './environment.ts';
import type { ExecutionFacts } from './execution-facts.ts';
import { secretWords } from './mask-secrets.ts';
import { TaskStarter, type SpawnerUse } from './processes/task-starter.ts';
import { runChild } from './run-child.ts';
import type { Surroundings } from './task-kinds/attempt.ts';
import { ShellFinder } from './task-kinds/shells.ts';

/** What the attempts of an execution share. Sets the `env` context of `facts`. Code `expression`. */
export function createSurroundings(
  engine: Engine,
  execution: { readonly id: string; readonly path: string },
  workflow: Workflow,
  facts: ExecutionFacts,
  secrets: Readonly<Record<string, string>>,
): Result<Surroundings> {
  const { options, folder, clock, log } = engine;
  const words = secretWords(Object.values(secrets));
  const dotenv = readDotenv(folder.workspace, workflow.dotenv, log);
  facts.setEnv(dotenv);
  const own: Record<string, string> = {};
  for (const [name, template] of Object.entries(workflow.env)) {
    const value = evaluateTemplate(template, facts.scope());
    if (!value.ok) return fail('expression', `env.${name}: ${value.error.message}`);
    own[name] = value.value;
  }
  facts.setEnv({ ...dotenv, ...own });
  const environment = layerEnvironment(
    [userEnvironment(options.environment), dotenv, own],
    process.platform,
  );
  const { platform } = process;
  return ok({
    workspace: folder.workspace,
    executionId: execution.id,
    folder: executionFolder(folder, execution.id),
    environment,
    secretWords: words,
    shells: new ShellFinder(platform),
    starter: new TaskStarter({ use: spawnerUse(options), platform, clock, log }),
    platform,
    clock,
    runChild: (request) => runChild(engine, execution, request),
  });
}

function spawnerUse({ environment }: EngineOptions): SpawnerUse {
  const wanted = environment['AGENT_EXECUTOR_SPAWNER'];
  return wanted === 'off' || wanted === 'always' ? wanted : 'auto';
}

function readDotenv(
  workspace: string,
  files: readonly string[],
  log: Log,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const file of files) {
    try {
      Object.assign(values, parseDotenv(readFileSync(path.resolve(workspace, file), 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      log.warn(`the dotenv file ${file} cannot be read: ${messageOf(error)}`);
    }
  }
  return values;
}

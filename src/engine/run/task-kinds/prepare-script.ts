import { statSync } from 'node:fs';
import path from 'node:path';
import { logNameOf } from '../../../model/ids.ts';
import { fail, ok, type Result } from '../../../model/result.ts';
import type { RunAction } from '../../../model/workflow.ts';
import { evaluateScript, evaluateTemplate } from '../../expressions/evaluate.ts';
import { attemptVariables, searchEnvironment, type ProcessEnvironment } from '../environment.ts';
import type { AttemptPlan } from './attempt.ts';
import { makeOutputFolder, outputFileOf, writePrivateFile } from './attempt-files.ts';
import { evaluateEnvironment } from './evaluate-environment.ts';
import { needsScriptFile, scriptFileOf, type ShellCommand } from './shells.ts';

/** A script with everything that its shell needs. */
export interface PreparedScript {
  readonly command: ShellCommand;
  readonly environment: ProcessEnvironment;
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly outputFile: string;
  /** Where a script that its shell does not take as an argument is to be written. */
  readonly scriptFile: { readonly path: string; readonly content: string } | null;
}

/**
 * Fills in the expressions of a script and finds its folder and shell. A failure's code is the reason of the attempt's;
 * throws what the disk throws.
 */
export function prepareScript(plan: AttemptPlan, action: RunAction): Result<PreparedScript> {
  const { surroundings, spec } = plan;
  const own = evaluateEnvironment(plan);
  if (!own.ok) return own;
  const scope = plan.scope(own.value);
  const script = action.run.includes('${{') ? evaluateScript(action.run, scope) : ok(action.run);
  if (!script.ok) return script;
  const directory =
    spec.workingDirectory === null ? ok('.') : evaluateTemplate(spec.workingDirectory, scope);
  if (!directory.ok) return directory;
  const folder = path.resolve(surroundings.workspace, directory.value);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return fail('spawn', `the working-directory "${directory.value}" is no folder (${folder})`);
  }
  const fileName = `${logNameOf(plan.task)}.${String(plan.attempt)}`;
  const outputFile = outputFileOf(surroundings.folder, fileName);
  const variables = attemptVariables({
    execution: surroundings.executionId,
    task: plan.task,
    attempt: plan.attempt,
    workspace: surroundings.workspace,
    outputFile,
  });
  const environment = { shared: surroundings.environment, own: { ...own.value, ...variables } };
  const search = searchEnvironment(environment, surroundings.platform);
  const shell = action.shell ?? surroundings.shells.defaultShell(search);
  const scriptFile = needsScriptFile(shell, script.value)
    ? scriptFileOf(shell, script.value, path.join(surroundings.folder, 'scripts', fileName))
    : null;
  const command = surroundings.shells.command(
    shell,
    scriptFile === null ? { text: script.value } : { file: scriptFile.path },
    search,
  );
  if (!command.ok) return command;
  return ok({ command: command.value, environment, variables, folder, outputFile, scriptFile });
}

/** Writes what has to be a file, and makes the folder for outputs. Throws what the disk throws. */
export function writeScript(plan: AttemptPlan, { scriptFile }: PreparedScript): void {
  if (scriptFile !== null) writePrivateFile(scriptFile.path, scriptFile.content);
  makeOutputFolder(plan.surroundings.folder);
}

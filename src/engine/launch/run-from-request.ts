import { fail, ok, type Result } from '../../model/result.ts';
import type { Log } from '../ports.ts';
import type { EngineOptions, RunningExecution } from '../run/engine-options.ts';
import { restartExecution } from '../run/restart-execution.ts';
import { startExecution } from '../run/start-execution.ts';
import type { RunnerAnswer, RunnerRequest } from './runner-request.ts';

/** Reads the text of a request as `launchRunner` writes it. Code `bad-request`. */
export function parseRunnerRequest(text: string): Result<RunnerRequest> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Also what is left of a request when the launcher died while it wrote.
    return fail('bad-request', 'the request is no JSON document');
  }
  return isRequest(value) ? ok(value) : fail('bad-request', 'the request is not one of a launcher');
}

/** Starts what the request asks for and answers it once. The execution runs on in this process. */
export async function runFromRequest(
  request: RunnerRequest,
  surroundings: {
    readonly environment: EngineOptions['environment'];
    readonly log: Log;
    readonly answer: (answer: RunnerAnswer) => void;
  },
): Promise<Result<RunningExecution>> {
  const { environment, log, answer } = surroundings;
  const options: EngineOptions = { environment, ...request.engine, log };
  const started =
    request.type === 'start'
      ? await startExecution(options, request.request)
      : await restartExecution(options, request.request);
  answer(
    started.ok
      ? { type: 'execution-created', id: started.value.id }
      : { type: 'refused', failure: started.error },
  );
  return started;
}

function isRequest(value: unknown): value is RunnerRequest {
  if (!isRecord(value) || !isRecord(value['engine']) || !isRecord(value['request'])) return false;
  if (typeof value['engine']['workspace'] !== 'string') return false;
  const { type, request } = value;
  if (type === 'start') return typeof request['agent'] === 'string' && isRecord(request['inputs']);
  return type === 'restart' && typeof request['id'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

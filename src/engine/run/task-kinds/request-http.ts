import { appendFileSync } from 'node:fs';
import { fail, messageOf, ok, type Result } from '../../../model/result.ts';
import type { HttpAction } from '../../../model/workflow.ts';
import { evaluateTemplate } from '../../expressions/evaluate.ts';
import { maskText } from '../mask-secrets.ts';
import { maxOutputBytes } from '../output-file.ts';
import { evaluateEnvironment } from './evaluate-environment.ts';
import {
  failedEnd,
  stoppedEnd,
  type AttemptEnd,
  type AttemptPlan,
  type RunningAttempt,
  type StopCause,
} from './attempt.ts';

/** Sends one HTTP request; the response is in the outputs `status` and `body`, and in the log. */
export function startHttp(plan: AttemptPlan, action: HttpAction): Result<RunningAttempt> {
  const request = evaluateRequest(plan, action);
  if (!request.ok) return request;
  const abort = new AbortController();
  let stopCause: StopCause | null = null;
  let isDisposed = false;

  const run = async (): Promise<AttemptEnd> => {
    const { url, init } = request.value;
    const say = (text: string): void => {
      appendFileSync(plan.logFile, maskText(text, plan.surroundings.secretWords));
    };
    say(`> ${action.method} ${url}\n`);
    const response = await fetch(url, { ...init, signal: abort.signal });
    say(`< ${String(response.status)} ${response.statusText}\n\n`);
    const body = await readBody(response);
    if (body === null) return failedEnd('output', 'the response is larger than 1 MiB');
    say(body.endsWith('\n') || body === '' ? body : `${body}\n`);
    return judgeResponse(plan, action, response, body);
  };

  void run()
    .catch((error: unknown): AttemptEnd => {
      if (stopCause !== null) return stoppedEnd(stopCause, { timeoutMs: plan.spec.timeoutMs });
      return failedEnd('spawn', `${action.method} failed: ${describeNetworkError(error)}`);
    })
    .then((end) => {
      if (!isDisposed) plan.onEnd(end);
    });

  return ok({
    stop(cause) {
      stopCause ??= cause;
      abort.abort();
    },
    dispose() {
      isDisposed = true;
      abort.abort();
    },
  });
}

interface PreparedRequest {
  readonly url: string;
  readonly init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

function evaluateRequest(plan: AttemptPlan, action: HttpAction): Result<PreparedRequest> {
  const env = evaluateEnvironment(plan);
  if (!env.ok) return env;
  const scope = plan.scope(env.value);
  const url = evaluateTemplate(action.url, scope);
  if (!url.ok) return url;
  if (!URL.canParse(url.value) || !/^https?:$/.test(new URL(url.value).protocol)) {
    return fail('expression', `"${url.value}" is no http or https URL`);
  }
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(action.headers)) {
    const value = evaluateTemplate(template, scope);
    if (!value.ok) return value;
    headers[name] = value.value;
  }
  const body = action.body === null ? null : evaluateTemplate(action.body, scope);
  if (body !== null && !body.ok) return body;
  return ok({
    url: url.value,
    init: { method: action.method, headers, ...(body === null ? {} : { body: body.value }) },
  });
}

function judgeResponse(
  plan: AttemptPlan,
  action: HttpAction,
  response: Response,
  body: string,
): AttemptEnd {
  const outputs = {
    status: String(response.status),
    body: maskText(body, plan.surroundings.secretWords),
  };
  const isExpected = action.expectStatus?.includes(response.status) ?? response.ok;
  if (isExpected) {
    return {
      status: 'succeeded',
      reason: null,
      message: null,
      exitCode: null,
      signal: null,
      outputs,
    };
  }
  const wanted = action.expectStatus?.join(' or ') ?? '2xx';
  const got = `${String(response.status)} ${response.statusText}`.trim();
  return { ...failedEnd('exit', `the answer was ${got}, not ${wanted}`), outputs };
}

/** The body as text; null when it is larger than a task's outputs may be. */
async function readBody(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += (chunk as Uint8Array).length;
    if (length > maxOutputBytes) return null;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` says "fetch failed" and keeps the reason in `cause`. */
function describeNetworkError(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message !== '' ? cause.message : messageOf(error);
}

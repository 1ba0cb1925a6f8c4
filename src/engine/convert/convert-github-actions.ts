import { Draft, freeId, needsOf } from './draft.ts';
import { convertEnv } from './github-env.ts';
import { convertGithubJob, type JobResult } from './convert-github-job.ts';
import type { GithubNames } from './github-expressions.ts';
import { rewriteTemplate } from './github-expressions.ts';
import { isMap, listOf, mapOf, textOf, type Data } from './read-data.ts';

/** A workflow of GitHub Actions: a task for each `run` step, in the order of its job. */
export function convertGithubActions(data: Data): Draft {
  const draft = new Draft();
  const name = textOf(data['name']);
  if (name !== undefined) draft.head['name'] = name;
  const inputs = convertTriggers(draft, data['on'] ?? data['true']);
  const workflowEnv = mapOf(data['env']);
  const outer: GithubNames = {
    inputs,
    env: new Set(Object.keys(workflowEnv)),
    steps: new Map(),
    jobOutputs: new Map(),
    useSecret: (secret) => draft.secrets.add(secret),
  };
  const env = convertEnv(draft, 'env', workflowEnv, { ...outer, env: new Set() });
  if (Object.keys(env).length > 0) draft.head['env'] = env;
  draft.head['defaults'] = { shell: 'bash' };
  convertConcurrency(draft, data['concurrency'], outer);
  for (const key of ['permissions', 'run-name']) {
    if (key in data) draft.leave(key, 'it is about GitHub only.');
  }
  convertJobs(draft, data, outer);
  return draft;
}

function convertTriggers(draft: Draft, on: unknown): ReadonlyMap<string, string> {
  const triggers = isMap(on)
    ? on
    : Object.fromEntries(listOf(on).map((one) => [String(one), null]));
  const others = Object.keys(triggers).filter((one) => !/^workflow_(dispatch|call)$/.test(one));
  if (others.length > 0) {
    draft.leave(`on: ${others.join(', ')}`, 'it runs when you start it.');
  }
  const ids = new Map<string, string>();
  const inputs: Record<string, unknown> = {};
  for (const trigger of ['workflow_dispatch', 'workflow_call']) {
    for (const [name, value] of Object.entries(mapOf(mapOf(triggers[trigger])['inputs']))) {
      if (ids.has(name)) continue;
      const id = freeId(name, (one) => one in inputs);
      ids.set(name, id);
      inputs[id] = convertInput(mapOf(value));
    }
  }
  if (ids.size > 0) draft.head['inputs'] = inputs;
  return ids;
}

function convertInput(input: Data): Readonly<Record<string, unknown>> {
  const written = textOf(input['type']) ?? 'string';
  const type = ['string', 'number', 'boolean', 'choice'].includes(written) ? written : 'string';
  const start = input['default'];
  const isTyped = type === 'string' || type === 'choice';
  const initial = isTyped ? textOf(start) : start;
  return Object.fromEntries(
    Object.entries({
      type,
      required: input['required'] === true ? true : undefined,
      description: textOf(input['description']),
      default: initial === '' ? undefined : initial,
      options: type === 'choice' ? listOf(input['options']).map(String) : undefined,
    }).filter(([, value]) => value !== undefined),
  );
}

function convertConcurrency(draft: Draft, value: unknown, names: GithubNames): void {
  if (value === undefined) return;
  const { group, 'cancel-in-progress': isCancelled } = isMap(value) ? value : { group: value };
  const rewritten = rewriteTemplate(textOf(group) ?? '', names);
  if (!rewritten.ok || rewritten.value === '') {
    draft.leave('concurrency', rewritten.ok ? 'it names no group.' : `${rewritten.error}.`);
    return;
  }
  const onConflict = isCancelled === true ? 'cancel' : 'queue';
  draft.head['concurrency'] = { group: rewritten.value, 'on-conflict': onConflict };
}

/** Jobs in an order in which each comes after those it needs; whoever is in a cycle comes last. */
function convertJobs(draft: Draft, data: Data, outer: GithubNames): void {
  const jobs = new Map(Object.entries(mapOf(data['jobs'])).map(([id, job]) => [id, mapOf(job)]));
  const done = new Map<string, JobResult>();
  const jobOutputs = new Map<string, string>();
  const runDefaults = mapOf(mapOf(data['defaults'])['run']);
  const open = new Set(jobs.keys());
  while (open.size > 0) {
    const ready = [...open].find((id) => needsOfJob(jobs.get(id)).every((need) => !open.has(need)));
    const [id = ''] = ready === undefined ? open : [ready];
    open.delete(id);
    const job = jobs.get(id) ?? {};
    const needs = needsOfJob(job).flatMap((need) => done.get(need)?.ends ?? []);
    const names = { ...outer, jobOutputs };
    const result = convertGithubJob({ draft, id, job, needs: needsOf(needs), runDefaults, names });
    done.set(id, result);
    for (const [output, expression] of result.outputs) {
      jobOutputs.set(`${id}.${output}`, expression);
    }
  }
}

function needsOfJob(job: Data | undefined): readonly string[] {
  return listOf(job?.['needs']).map(String);
}

import { freeId, type Draft } from './draft.ts';
import { convertEnv } from './github-env.ts';
import { rewriteExpression, rewriteTemplate, type GithubNames } from './github-expressions.ts';
import { listOf, mapOf, textOf, type Data } from './read-data.ts';

/** A job with its surroundings. */
export interface GithubJob {
  readonly draft: Draft;
  readonly id: string;
  readonly job: Data;
  /** Tasks that stand for the jobs it needs. */
  readonly needs: string | readonly string[] | undefined;
  /** `defaults.run` of the workflow. */
  readonly runDefaults: Data;
  readonly names: GithubNames;
}

/** What others need to know of a converted job. */
export interface JobResult {
  /** The tasks to need for the whole job. */
  readonly ends: readonly string[];
  /** Its outputs as expressions. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** Each `run` step becomes a task that needs the step before it. */
export function convertGithubJob(given: GithubJob): JobResult {
  const { draft, id, job } = given;
  const place = `jobs.${id}`;
  noteJobKeys(given, place);
  const steps = listOf(job['steps']).map(mapOf);
  const kept = steps.flatMap((step, at) => {
    const why = whyDropped(step);
    if (why === null) return [{ step, place: `${place}.steps[${String(at)}]` }];
    draft.leave(`${place}: ${textOf(step['uses']) ?? ''}`, why);
    return [];
  });
  if (typeof job['uses'] === 'string') {
    const why = `the reusable workflow ${job['uses']} has to be converted by itself and named in \`uses\`.`;
    const task = draft.freeId(id);
    draft.addUnwritten(task, { what: place, why, original: shown(job) }, { needs: given.needs });
    return { ends: [task], outputs: new Map() };
  }
  if (kept.length === 0) {
    draft.leave(place, 'nothing in it runs here.');
    return { ends: listOf(given.needs).map(String), outputs: new Map() };
  }
  // An `if` may let a later step run after one that failed: then each looks at all before it, as on GitHub.
  const isStrict = kept.some(({ step }) => step['if'] !== undefined);
  const taskOfStep = new Map<string, string>();
  const names = { ...given.names, steps: taskOfStep };
  const tasks: string[] = [];
  for (const one of kept) {
    const task = draft.freeId(kept.length === 1 ? id : `${id}-${nameOf(one.step, tasks.length)}`);
    const before = isStrict ? tasks : tasks.slice(-1);
    const needs = tasks.length === 0 ? given.needs : before.length === 1 ? before[0] : [...before];
    convertStep(given, one, { task, needs, names, isFirst: tasks.length === 0 });
    const stepId = textOf(one.step['id']);
    if (stepId !== undefined) taskOfStep.set(stepId, task);
    tasks.push(task);
  }
  const outputs = new Map<string, string>();
  for (const [name, value] of Object.entries(mapOf(job['outputs']))) {
    const found = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(textOf(value) ?? '');
    const rewritten = found === null ? null : rewriteExpression((found[1] ?? '').trim(), names);
    if (rewritten?.ok === true) outputs.set(name, rewritten.value);
    else draft.leave(`${place}.outputs.${name}`, 'it is more than the output of one step.');
  }
  return { ends: isStrict ? tasks : tasks.slice(-1), outputs };
}

interface StepPlace {
  readonly step: Data;
  readonly place: string;
}

function convertStep(
  { draft, job, runDefaults, names: outer, id }: GithubJob,
  { step, place }: StepPlace,
  to: {
    readonly task: string;
    readonly needs: string | readonly string[] | undefined;
    readonly names: GithubNames;
    readonly isFirst: boolean;
  },
): void {
  const { task, needs, names } = to;
  const name = textOf(step['name']) ?? (to.isFirst ? textOf(job['name']) : undefined);
  const strategy = convertStrategy(draft, `jobs.${id}`, job['strategy']);
  const title = name === undefined ? undefined : rewriteTemplate(name, names);
  const condition = conditionOf(
    draft,
    place,
    [
      // The other steps are skipped with the first one, unless they decide by themselves.
      to.isFirst || step['if'] !== undefined ? job['if'] : undefined,
      step['if'],
    ],
    names,
  );
  const common = {
    // A name is plain text here.
    name: title?.ok === true && !title.value.includes('${{') ? title.value : undefined,
    needs,
    if: condition,
    strategy,
    'continue-on-error':
      step['continue-on-error'] === true || job['continue-on-error'] === true ? true : undefined,
    timeout: timeoutOf(step['timeout-minutes'] ?? job['timeout-minutes']),
  };
  const give = (why: string): void => {
    draft.addUnwritten(task, { what: place, why: `${why}.`, original: shown(step) }, common);
  };
  const run = textOf(step['run']);
  if (run === undefined) {
    give(`the action ${textOf(step['uses']) ?? 'in it'} runs on GitHub only`);
    return;
  }
  const script = rewriteTemplate(run, names);
  if (!script.ok) {
    give(script.error);
    return;
  }
  if (/\bGITHUB_(ENV|PATH|STEP_SUMMARY)\b/.test(run)) {
    give('it writes to GITHUB_ENV, GITHUB_PATH or GITHUB_STEP_SUMMARY: use outputs and `env`');
    return;
  }
  const jobDefaults = mapOf(mapOf(job['defaults'])['run']);
  const pick = (key: string): string | undefined =>
    textOf(step[key] ?? jobDefaults[key] ?? runDefaults[key]);
  const shell = shellOf(pick('shell'));
  if (!shell.isKnown) {
    give(`the shell "${pick('shell') ?? ''}" is not known here`);
    return;
  }
  const folder = rewriteTemplate(pick('working-directory') ?? '', names);
  if (!folder.ok) {
    give(folder.error);
    return;
  }
  const env = {
    ...convertEnv(draft, `jobs.${id}.env`, mapOf(job['env']), outer),
    ...convertEnv(draft, `${place}.env`, mapOf(step['env']), names),
  };
  draft.add(task, {
    ...common,
    env,
    shell: shell.name,
    'working-directory': folder.value,
    run: script.value.replaceAll('GITHUB_OUTPUT', 'AGENT_OUTPUT'),
  });
}

/** What a step only sets up on GitHub's machines; null when it has to be in the workflow. */
function whyDropped(step: Data): string | null {
  const uses = textOf(step['uses']);
  if (uses === undefined) return null;
  if (uses.startsWith('actions/checkout@')) return 'tasks run in the workspace folder as it is.';
  if (/^[\w-]+\/setup-[\w-]+@/.test(uses)) return 'what it installs must be on this machine.';
  if (/^actions\/(cache|upload-artifact|download-artifact)@/.test(uses)) {
    return 'all tasks share the workspace folder.';
  }
  return null;
}

const sharedKeys: Readonly<Record<string, string>> = {
  container: 'tasks run on this machine, in no container.',
  services: 'start what the tasks need before them.',
  environment: 'an `approval` task asks before what needs it.',
  permissions: 'it is about GitHub only.',
  concurrency: 'only a whole workflow can be in a group.',
};

function noteJobKeys({ draft, job }: GithubJob, place: string): void {
  for (const [key, why] of Object.entries(sharedKeys)) {
    if (key in job) draft.leave(`${place}.${key}`, why);
  }
  if ('runs-on' in job) draft.leave('runs-on', 'tasks run on this machine.');
}

function convertStrategy(draft: Draft, place: string, value: unknown): unknown {
  const strategy = mapOf(value);
  if (strategy['matrix'] === undefined) return undefined;
  if (typeof strategy['matrix'] === 'string') {
    draft.leave(`${place}.strategy.matrix`, 'a matrix that is computed is not known here.');
    return undefined;
  }
  const { matrix, 'max-parallel': maxParallel, 'fail-fast': failFast } = strategy;
  return {
    matrix,
    ...(typeof maxParallel === 'number' ? { 'max-parallel': maxParallel } : {}),
    ...(typeof failFast === 'boolean' ? { 'fail-fast': failFast } : {}),
  };
}

/** The conditions together. One that cannot be carried over never lets the task run. */
function conditionOf(
  draft: Draft,
  place: string,
  conditions: readonly unknown[],
  names: GithubNames,
): string | undefined {
  const parts: string[] = [];
  for (const condition of conditions) {
    const text = textOf(condition)?.trim();
    if (text === undefined || text === '') continue;
    const inside = /^\$\{\{(.*)\}\}$/s.exec(text)?.[1] ?? text;
    const rewritten = rewriteExpression(inside.trim(), names);
    if (!rewritten.ok) {
      draft.leave(
        `${place}.if`,
        `${rewritten.error}: the task never runs until you write its \`if\`.`,
      );
      return 'false';
    }
    parts.push(rewritten.value);
  }
  return parts.length < 2 ? parts[0] : parts.map((part) => `(${part})`).join(' && ');
}

function timeoutOf(minutes: unknown): string | undefined {
  return typeof minutes === 'number' && minutes > 0 ? `${String(minutes)}m` : undefined;
}

function shellOf(written: string | undefined): {
  readonly isKnown: boolean;
  readonly name?: string;
} {
  if (written === undefined) return { isKnown: true };
  if (written === 'powershell') return { isKnown: true, name: 'pwsh' };
  const isKnown = ['bash', 'sh', 'zsh', 'pwsh', 'cmd', 'python', 'node'].includes(written);
  return isKnown ? { isKnown, name: written } : { isKnown };
}

function nameOf(step: Data, index: number): string {
  const given = textOf(step['id']) ?? textOf(step['name']);
  if (given !== undefined && !given.includes('${{')) return given;
  return freeId(`step-${String(index + 1)}`, () => false);
}

function shown(value: Data): string {
  const run = textOf(value['run']);
  return run ?? JSON.stringify(value, null, 2);
}

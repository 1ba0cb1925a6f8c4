// What a process of its own would blur: one durable change of state, and reading a workflow text.
import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';

const root = path.join(import.meta.dirname, '..');

const entry = `
export { createExecution } from './src/engine/store/owned-execution.ts';
export { stateFolderOf } from './src/engine/store/state-folder.ts';
export { parseWorkflow } from './src/engine/workflow/parse-workflow.ts';
export { planExecution, planTasks } from './src/engine/run/plan-execution.ts';
export { currentOwner } from './src/engine/liveness/owner.ts';
`;

/** @param {string} folder */
async function loadEngine(folder) {
  const file = path.join(folder, 'engine.mjs');
  await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module';var require=createRequire('/');" },
  });
  return import(pathToFileURL(file).href);
}

/** @param {() => void} step @param {number} count */
function timesOf(step, count) {
  return Array.from({ length: count }, () => {
    const from = performance.now();
    step();
    return performance.now() - from;
  });
}

/**
 * Milliseconds of each try. `commit` and `append` write records of the same size, each with one sync, in turns.
 * @param {string} workspace
 * @param {string} folder
 * @param {number} tasks   how many commits, at most 2,000
 */
export async function measureInside(workspace, folder, tasks) {
  mkdirSync(folder, { recursive: true });
  const engine = await loadEngine(folder);
  /** @param {string} name */
  const textOf = (name) => readFileSync(path.join(workspace, 'workflows', `${name}.yaml`), 'utf8');
  /** @param {string} name */
  const parse = (name) => {
    const text = textOf(name);
    const context = { agent: name, path: `workflows/${name}.yaml` };
    return () => {
      const { workflow } = engine.parseWorkflow(text, context);
      if (workflow === null) throw new Error(`${name} is not valid`);
      return workflow;
    };
  };
  const parse200 = timesOf(parse('chain200'), 15);
  const parse2000 = timesOf(parse('chain2000'), 8);

  const workflow = parse('chain2000')();
  const id = 'commits';
  const plan = engine.planExecution({
    id,
    agent: 'chain2000',
    name: 'chain2000',
    path: workflow.path,
    hash: null,
    trigger: { kind: 'manual', source: 'cli' },
    inputs: {},
    createdAt: new Date().toISOString(),
    owner: engine.currentOwner(),
    parent: null,
    fallback: null,
    concurrency: null,
    tasks: engine.planTasks(workflow).map((/** @type {{ task: unknown }} */ { task }) => task),
  });
  const state = engine.stateFolderOf(folder, `state-${Date.now()}`);
  const created = engine.createExecution(state, plan, textOf('chain2000'));
  if (!created.ok) throw new Error(created.error.message);
  const owned = created.value;
  const at = () => new Date().toISOString();
  /** @param {object} event */
  const commit = (event) => {
    const done = owned.commit([event]);
    if (!done.ok) throw new Error(done.error.message);
  };
  commit({ type: 'execution-started', at: at() });
  const journal = openSync(path.join(folder, 'journal'), 'w');
  const record = Buffer.alloc(200, 'x');
  const commits = [];
  const appends = [];
  for (let index = 0; index < tasks; index += 1) {
    const task = `t${index}`;
    const event = { type: 'task-started', at: at(), task, attempt: 1, log: `${task}.1.log` };
    commits.push(...timesOf(() => commit(event), 1));
    const append = () => {
      writeSync(journal, record);
      fdatasyncSync(journal);
    };
    appends.push(...timesOf(append, 1));
  }
  closeSync(journal);
  owned.dispose();
  return { parse200, parse2000, commits, appends };
}

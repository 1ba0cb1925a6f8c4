// The folders that are measured in: workflow files, Makefiles, a history of any size.
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** @typedef {{ readonly id: string, readonly needs: readonly string[], readonly run: string }} Task */

const noop = ': noop';

/**
 * @param {number} count
 * @param {(index: number) => readonly number[]} needs
 * @returns {readonly Task[]}
 */
function tasksOf(count, needs) {
  return Array.from({ length: count }, (_, index) => ({
    id: `t${index}`,
    needs: needs(index).map((need) => `t${need}`),
    run: noop,
  }));
}

/** @param {number} count */
const chain = (count) => tasksOf(count, (index) => (index === 0 ? [] : [index - 1]));
const wide = tasksOf(200, () => []);
/** Ten layers of twenty; each task needs all of the layer before: 3,600 edges. */
const layers = tasksOf(200, (index) =>
  index < 20 ? [] : Array.from({ length: 20 }, (_, at) => (Math.floor(index / 20) - 1) * 20 + at),
);

/** @type {Readonly<Record<string, { readonly jobs: number, readonly tasks: readonly Task[] }>>} */
export const graphs = {
  start: { jobs: 1, tasks: chain(1) },
  chain200: { jobs: 1, tasks: chain(200) },
  chain2000: { jobs: 1, tasks: chain(2000) },
  wide2: { jobs: 2, tasks: wide },
  wide8: { jobs: 8, tasks: wide },
  layers: { jobs: 8, tasks: layers },
};

/** Name of the log's source, and its size in bytes. */
export const payload = { name: 'payload.txt', bytes: 50_000_000 };

/** How many tasks print it, one after the other, where its speed is measured: once is lost in the noise of a start. */
export const logTimes = 4;

/** The secrets of the workflows whose logs are masked: one that nothing prints, and one of every line. */
export const secrets = {
  AGENT_EXECUTOR_BENCH_SECRET: 'nothing-prints-this-secret',
  AGENT_EXECUTOR_BENCH_WORDS: 'the lazy dog the quick',
};

/**
 * @param {string} name
 * @param {{ readonly jobs: number, readonly tasks: readonly Task[] }} graph
 * @param {string | null} shell   null for the product's own choice
 */
function workflowText(name, { jobs, tasks }, shell) {
  const lines = [`name: ${name}`, `max-parallel: ${jobs}`];
  if (shell !== null) lines.push('defaults:', `  shell: ${shell}`);
  lines.push('tasks:');
  for (const { id, needs, run } of tasks) {
    lines.push(`  ${id}:`);
    if (needs.length > 0) lines.push(`    needs: [${needs.join(', ')}]`);
    lines.push(`    run: '${run.replaceAll("'", "''")}'`);
  }
  return `${lines.join('\n')}\n`;
}

/** @param {readonly Task[]} tasks */
function makefileText(tasks) {
  const all = tasks.map(({ id }) => id).join(' ');
  const rules = tasks.map(({ id, needs, run }) => `${id}: ${needs.join(' ')}\n\t@${run}\n`);
  return `.PHONY: all ${all}\nall: ${all}\n${rules.join('')}`;
}

/**
 * A workspace with one workflow of one task and without history: listing reads every workflow there is.
 * @param {string} folder
 */
export function makeSmallWorkspace(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'workflows'), { recursive: true });
  const { start } = graphs;
  if (start === undefined) return;
  writeFileSync(path.join(folder, 'workflows/start.yaml'), workflowText('start', start, 'sh'));
  writeFileSync(path.join(folder, 'start.mk'), makefileText(start.tasks));
}

/**
 * A workspace with all workflows and without history.
 * @param {string} folder
 */
export function makeWorkspace(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'workflows'), { recursive: true });
  /** @param {string} name @param {string} text */
  const workflow = (name, text) =>
    writeFileSync(path.join(folder, 'workflows', `${name}.yaml`), text);
  for (const [name, graph] of Object.entries(graphs)) {
    // The floors and make use sh; so does the product where it is compared with them.
    workflow(name, workflowText(name, graph, 'sh'));
    writeFileSync(path.join(folder, `${name}.mk`), makefileText(graph.tasks));
  }
  workflow('own-shell', workflowText('own-shell', { jobs: 1, tasks: chain(200) }, null));
  const cat = `cat ${payload.name}`;
  /** @param {string} name @param {string} run @param {string} [more] */
  const oneTask = (name, run, more = '') =>
    workflow(
      name,
      more + workflowText(name, { jobs: 1, tasks: [{ id: 't0', needs: [], run }] }, 'sh'),
    );
  oneTask('log', cat);
  const logs = chain(logTimes);
  const printing = logs.map((task) => ({ ...task, run: cat }));
  workflow('logs', workflowText('logs', { jobs: 1, tasks: printing }, 'sh'));
  workflow('no-logs', workflowText('no-logs', { jobs: 1, tasks: logs }, 'sh'));
  oneTask('log-500', `for i in 1 2 3 4 5 6 7 8 9 10; do ${cat}; done`);
  const [secret, words] = Object.keys(secrets);
  oneTask('log-masked', cat, `secrets: [${secret}]\n`);
  oneTask('log-masked-lines', cat, `secrets: [${words}]\n`);
  const line = `${'the quick brown fox jumps over the lazy dog '.repeat(2).trim()}\n`;
  const text = line.repeat(Math.ceil(payload.bytes / line.length)).slice(0, payload.bytes - 1);
  writeFileSync(path.join(folder, payload.name), `${text}\n`);
}

/**
 * Multiplies the one execution that a workspace has: `count` more, each a minute older than the one before.
 * @param {string} workspace
 * @param {number} count
 */
export function growHistory(workspace, count) {
  const executions = path.join(workspace, '.agent-executor', 'executions');
  const [model] = readdirSync(executions);
  if (model === undefined) throw new Error('there is no execution to multiply');
  const from = path.join(executions, model);
  const texts = readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => /** @type {const} */ ([name, readFileSync(path.join(from, name), 'utf8')]));
  const folders = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (let index = 1; index <= count; index += 1) {
    const at = (/** @type {string} */ time) =>
      new Date(Date.parse(time) - index * 60_000).toISOString();
    const [, day = '', time = ''] = /^(\d{8})-(\d{6})/.exec(model) ?? [];
    const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`;
    const words = at(iso)
      .replace(/[-:]|\..*$/g, '')
      .replace('T', '-');
    const id = `${words}-${(index % 65_536).toString(16).padStart(4, '0')}`;
    const to = path.join(executions, id);
    mkdirSync(to);
    for (const { name } of folders) mkdirSync(path.join(to, name));
    for (const [name, text] of texts) {
      const moved = text.replaceAll(model, id).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, at);
      writeFileSync(path.join(to, name), name.endsWith('.jsonl') ? sealAgain(moved) : moved);
    }
  }
  // Made again by the next command, from what is there.
  rmSync(path.join(workspace, '.agent-executor', 'task-executions.json'), { force: true });
}

/**
 * The lines of a journal with the checksums that they have now.
 * @param {string} text
 */
function sealAgain(text) {
  return text.replace(/^(.*),"c":"[0-9a-f]{8}"\}$/gm, (_line, /** @type {string} */ body) => {
    const sum = crc32(Buffer.from(body)).toString(16).padStart(8, '0');
    return `${body},"c":"${sum}"}`;
  });
}

/**
 * The log of the last execution's first task, or of another one.
 * @param {string} workspace
 * @param {string} [task]
 */
export function lastLog(workspace, task = 't0') {
  const executions = path.join(workspace, '.agent-executor', 'executions');
  // Not by name: several begin within a second.
  const [last] = readdirSync(executions)
    .map((id) => path.join(executions, id))
    .map((folder) => ({ folder, at: statSync(path.join(folder, 'owner.1')).ctimeMs }))
    .sort((a, b) => b.at - a.at);
  return path.join(last?.folder ?? '', `${task}.1.log`);
}

/**
 * A copy of what is built, so that a build meanwhile changes nothing.
 * @param {string} dist
 * @param {string} to
 */
export function copyProduct(dist, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(path.join(to, 'dist'), { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name.endsWith('.cjs')) cpSync(path.join(dist, name), path.join(to, 'dist', name));
  }
  cpSync(path.join(dist, '..', 'package.json'), path.join(to, 'package.json'));
  return path.join(to, 'dist', 'cli.cjs');
}

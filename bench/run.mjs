// Measures the built product against floors of the same machine, in turns, so that other work hits all alike.
//
//   npm run bench                         everything, under ten minutes; out/bench/<time>.json and a table
//   npm run bench -- --quick              two rounds, a short history
//   npm run bench -- --compare FILE       also: this run against an earlier one
//   npm run bench -- --cli FILE           another build's cli.cjs
//   npm run bench -- --write-docs         also: the tables into docs/performance.md
//
// The goals of the editor are those of the last `npm run measure`, which needs a quarter of an hour and a browser.
//
// Read the ratios: each is the median of those of the single rounds, so that a lucky run of one side says nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { editorGoals, goalsOf } from './goals.mjs';
import { measureDashboard } from './dashboard.mjs';
import { measureInside } from './inside.mjs';
import { logSpeedSubjects } from './log-speed.mjs';
import { compile, isInstalled, measure, ratioOf } from './measure.mjs';
import { comparison, goalTable, rowTable } from './table.mjs';
import {
  copyProduct,
  graphs,
  growHistory,
  lastLog,
  makeSmallWorkspace,
  makeWorkspace,
  payload,
  secrets,
} from './workspace.mjs';
import { writeDocs } from './write-docs.mjs';

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    compare: { type: 'string' },
    cli: { type: 'string' },
    folder: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});
const { quick } = values;
const folder = path.resolve(values.folder ?? path.join(root, 'out/bench'));
const rounds = quick ? 2 : 7;
/** Rounds that would begin later are left out. */
const lastRoundMs = quick ? 60_000 : 300_000;
const histories = quick ? [1000] : [2000, 10_000];
/** Rows of a tenth of a second are measured so often in a round, in turns: one slow start says nothing. */
const shortTimes = 3;
/** The same for starts whose ratio is to differ from 1 by less than a twentieth. */
const historyTimes = quick ? 2 : 6;
const begun = performance.now();

/** @typedef {import('./subject.mjs').Subject} Subject */

function productFile() {
  if (values.cli !== undefined) return path.resolve(values.cli);
  const kind = path.join(root, 'out/meta/built');
  const isProduction = existsSync(kind) && readFileSync(kind, 'utf8').trim() === 'production';
  if (!isProduction || !existsSync(path.join(root, 'dist/cli.cjs'))) {
    execFileSync(process.execPath, ['esbuild.mjs', '--production'], {
      cwd: root,
      stdio: 'inherit',
    });
  }
  return path.join(root, 'dist/cli.cjs');
}

mkdirSync(folder, { recursive: true });
const cli = copyProduct(path.dirname(productFile()), path.join(folder, 'product'));
const meter = compile('meter', path.join(folder, 'bin'));
const floorBinary = compile('floor', path.join(folder, 'bin'));
const hasMake = isInstalled('make');
const hasShell = process.platform !== 'win32';
const hasExtraCertificates = (process.env['NODE_EXTRA_CA_CERTS'] ?? '') !== '';
const node = process.execPath;
const workspace = path.join(folder, 'workspace');
makeWorkspace(workspace);
/** Of its own: what a chain of 2,000 leaves in the view file is read and written by each start after it. */
const startWorkspace = path.join(folder, 'start');
makeSmallWorkspace(startWorkspace);

/** @param {readonly string[]} args @param {string} [cwd] */
const runCli = (args, cwd = workspace) => spawnSync(node, [cli, ...args], { cwd, stdio: 'ignore' });

/** @param {keyof typeof graphs} name @param {string} title @param {number} [most] */
function graphSubjects(name, title, most) {
  const graph = graphs[name];
  if (graph === undefined) throw new Error(`there is no graph ${name}`);
  const count = String(graph.tasks.length);
  const jobs = String(graph.jobs);
  const journal = path.join(folder, 'floor-journal');
  const loop = path.join(import.meta.dirname, 'floor.mjs');
  const hasFloors = hasShell && name !== 'layers';
  const floor = name === 'start' ? 'start/empty' : hasFloors ? `${name}/node` : undefined;
  /** @type {Subject[]} */
  const subjects = [];
  /** @param {string} id @param {string} words @param {readonly string[]} command */
  const add = (id, words, command) => {
    subjects.push({
      id,
      title: `${title}: ${words}`,
      command,
      cwd: name === 'start' ? startWorkspace : workspace,
      ...(floor === undefined ? {} : { floor }),
      ...(most === undefined ? {} : { rounds: most }),
      ...(name === 'start' ? { times: shortTimes } : {}),
    });
  };
  if (name === 'start') add('start/empty', 'node -e 0', [node, '-e', '0']);
  if (name === 'start' && hasShell) add('start/sh', 'sh alone', ['sh', '-ec', ': noop']);
  const isLong = graph.tasks.length > 1000;
  if (hasFloors && !isLong && floorBinary !== null)
    add(`${name}/c`, 'C loop, durable', [floorBinary, count, jobs, journal]);
  if (hasFloors) {
    add(`${name}/node`, 'Node loop, durable', [node, loop, count, jobs, journal, 'spawn']);
  }
  if (hasFloors && !isLong) {
    const title = 'Node + small shell, durable';
    add(`${name}/helper`, title, [node, loop, count, jobs, journal, 'helper']);
  }
  if (hasMake && hasShell && !isLong)
    add(`${name}/make`, 'make (keeps nothing)', ['make', '-s', '-j', jobs, '-f', `${name}.mk`]);
  add(name, 'Agent Executor', [node, cli, 'run', name]);
  return subjects;
}

/**
 * A start without certificates of the environment's own, where it has some: reading them takes an empty Node process
 * longer than all else, which flatters every ratio to it.
 * @returns {Subject[]}
 */
function bareSubjects() {
  if (!hasShell || !hasExtraCertificates) return [];
  /** @param {string} id @param {string} words @param {readonly string[]} args @param {string} [floor] */
  const bare = (id, words, args, floor) => ({
    id,
    title: `one task, no extra certificates: ${words}`,
    command: ['env', '-u', 'NODE_EXTRA_CA_CERTS', node, ...args],
    cwd: startWorkspace,
    times: shortTimes,
    ...(floor === undefined ? {} : { floor }),
  });
  const loop = path.join(import.meta.dirname, 'floor.mjs');
  const journal = path.join(folder, 'floor-journal');
  return [
    bare('bare/empty', 'node -e 0', ['-e', '0']),
    bare('bare/node', 'Node loop, durable', [loop, '1', '1', journal, 'spawn'], 'bare/empty'),
    bare('bare', 'Agent Executor', [cli, 'run', 'start'], 'bare/empty'),
  ];
}

/** What the speed of a masked log is taken from: starts differ by as much as a third of what such a log takes. */
const oftenAndSettled = {
  times: shortTimes,
  before: () => void (hasShell && spawnSync('sync')),
};

/** @param {string} name @param {string} title @param {number} times of the payload @returns {Subject} */
function logSubject(name, title, times) {
  return {
    id: name,
    title,
    command: [node, cli, 'run', name],
    cwd: workspace,
    check() {
      const written = readFileSync(lastLog(workspace));
      const meant = readFileSync(path.join(workspace, payload.name));
      const pieces = Array.from({ length: times }, (_, index) => index * meant.length);
      const isSame =
        written.length === meant.length * times &&
        pieces.every((from) => meant.equals(written.subarray(from, from + meant.length)));
      if (!isSame) throw new Error('the log is not what was printed');
    },
    // Gigabytes that the system still has to write would be measured with the next subjects.
    after: () => rmSync(lastLog(workspace)),
  };
}

/** @type {Subject[]} */
const subjects = [
  ...graphSubjects('start', 'one task'),
  ...['help', 'version'].map((name) => ({
    id: name,
    title: `--${name}`,
    command: [node, cli, `--${name}`],
    cwd: workspace,
    floor: 'start/empty',
    times: shortTimes,
  })),
  ...bareSubjects(),
  ...graphSubjects('chain200', 'chain of 200'),
  {
    id: 'own-shell',
    title: 'chain of 200: Agent Executor, default shell',
    command: [node, cli, 'run', 'own-shell'],
    cwd: workspace,
    floor: 'chain200/node',
  },
  ...graphSubjects('wide2', '200 wide, 2 at once'),
  ...graphSubjects('wide8', '200 wide, 8 at once'),
  ...graphSubjects('layers', '10 × 20 layers'),
  ...graphSubjects('chain2000', 'chain of 2,000', quick ? 0 : 4),
  ...['chain200', 'chain2000'].map((name) => ({
    id: `validate-${name}`,
    title: `validate ${graphs[name]?.tasks.length} tasks`,
    command: [node, cli, 'validate', `workflows/${name}.yaml`],
    cwd: workspace,
    floor: 'start/empty',
  })),
  {
    id: 'log/none',
    title: 'one task, beside the logs',
    command: [node, cli, 'run', 'start'],
    cwd: workspace,
    ...oftenAndSettled,
  },
  logSubject('log', 'log of 50 MB: Agent Executor', 1),
  { ...logSubject('log-masked', 'the same with a secret to mask', 1), ...oftenAndSettled },
  {
    ...logSubject('log-masked-lines', 'the same with a secret on every line', 1),
    ...oftenAndSettled,
    check() {
      const text = readFileSync(lastLog(workspace), 'latin1');
      const isMasked = !Object.values(secrets).some((secret) => text.includes(secret));
      if (!isMasked || !text.includes('***')) throw new Error('the log is not masked');
    },
  },
  { ...logSubject('log-500', 'log of 500 MB: Agent Executor', 10), rounds: 2 },
  ...logSpeedSubjects({ node, cli, cwd: workspace, folder, times: shortTimes }),
];
// A workspace for each length of history, so that no row changes another one's.
for (const length of [0, ...histories]) {
  const cwd = path.join(folder, `history-${length}`);
  makeSmallWorkspace(cwd);
  runCli(['run', 'start'], cwd);
  if (length > 0) growHistory(cwd, length);
  runCli(['run', 'start'], cwd);
  const words = `history of ${length.toLocaleString('en')}`;
  /** @param {string} id @param {string} title @param {readonly string[]} args */
  const add = (id, title, args) => {
    const isNone = length === 0;
    subjects.push({
      id: isNone ? id : `${id}-${length}`,
      title: `${title}, ${words}`,
      command: [node, cli, ...args],
      cwd,
      floor: isNone ? 'start/empty' : id,
      times: id === 'start-with' ? historyTimes : shortTimes,
    });
  };
  add('list', 'list', ['list']);
  add('show', 'show', ['show']);
  add('start-with', 'one task', ['run', 'start']);
}

/** @type {Map<string, import('./measure.mjs').Sample[]>} */
const samples = new Map();
/** @type {Map<string, string>} */
const broken = new Map();
const loads = [os.loadavg()[0] ?? 0];

/** @param {Subject} subject */
function sampleOnce(subject) {
  try {
    subject.before?.();
    const sample = measure(subject.command, {
      cwd: subject.cwd,
      meter,
    });
    const known = samples.get(subject.id);
    if (known === undefined) {
      subject.check?.();
      samples.set(subject.id, [sample]);
    } else known.push(sample);
    subject.after?.();
  } catch (error) {
    broken.set(subject.id, String(error));
    console.error(`${subject.title}: ${String(error)}`);
  }
}

for (let round = 0; round < rounds; round += 1) {
  if (performance.now() - begun > lastRoundMs) break;
  /** @param {number} turn */
  const inTurn = (turn) => subjects.filter(({ times }) => turn < (times ?? 1));
  const turns = Array.from({ length: historyTimes }, (_, turn) => inTurn(turn)).flat();
  for (const subject of turns) {
    if (!broken.has(subject.id) && round < (subject.rounds ?? rounds)) sampleOnce(subject);
  }
  loads.push(os.loadavg()[0] ?? 0);
  console.error(`round ${round + 1} of ${rounds}, load ${loads.at(-1)?.toFixed(1)}`);
}
const inside = await measureInside(workspace, path.join(folder, 'inside'), quick ? 300 : 1000);
const dashboard = await measureDashboard(root);

/** @param {readonly number[]} numbers @param {number} share */
function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** @param {readonly (number | null)[]} numbers */
function least(numbers) {
  const known = numbers.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** @type {Map<string, import('./table.mjs').Row>} */
const rows = new Map();
/** @param {string} id @param {string} title @param {readonly number[]} times @param {string} [floor] @param {readonly import('./measure.mjs').Sample[]} [all] */
function addRow(id, title, times, floor, all = []) {
  const min = Math.min(...times);
  const against = floor === undefined ? undefined : rows.get(floor);
  rows.set(id, {
    id,
    title,
    runs: times.length,
    times,
    min,
    median: quantile(times, 0.5),
    p99: times.length >= 100 ? quantile(times, 0.99) : null,
    cpuMs: least(all.map(({ cpuMs }) => cpuMs)),
    rssMb: least(all.map(({ rssMb }) => rssMb)),
    ratio: against === undefined ? null : ratioOf({ min, times }, against),
  });
}
// Floors first: the others are divided by them.
const floors = new Set(subjects.map(({ floor }) => floor));
const ordered = [...subjects].sort((a, b) => Number(floors.has(b.id)) - Number(floors.has(a.id)));
for (const { id, title, floor } of ordered) {
  const all = samples.get(id);
  if (all !== undefined)
    addRow(
      id,
      title,
      all.map(({ wallMs }) => wallMs),
      floor,
      all,
    );
}
const longest = rows.get(`start-with-${histories.at(-1)}`);
const short = rows.get('start-with');
addRow('commit/append', 'append + fdatasync of 200 bytes', inside.appends);
addRow('commit', 'durable change of one of 2,000 tasks', inside.commits, 'commit/append');
addRow('parse200', 'read and check 200 tasks, in process', inside.parse200);
addRow('parse2000', 'read and check 2,000 tasks, in process', inside.parse2000);
for (const { id, title, times } of dashboard.rows) addRow(id, title, times);

const ownGoals = goalsOf((id) => {
  if (id === 'start-history') return longest === undefined || short === undefined ? null : longest;
  return rows.get(id) ?? null;
}, dashboard.counts);
const goals = [...ownGoals, ...editorGoals(path.join(root, 'out/measure'))].sort(
  (a, b) => a.number - b.number,
);
const inOrder = [
  ...subjects.map(({ id }) => id),
  'commit/append',
  'commit',
  'parse200',
  'parse2000',
  ...dashboard.rows.map(({ id }) => id),
];
const result = {
  at: new Date().toISOString(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}`,
  load: { min: Math.min(...loads), max: Math.max(...loads) },
  seconds: Math.round((performance.now() - begun) / 1000),
  rows: inOrder.flatMap((id) => rows.get(id) ?? []),
  goals,
  broken: Object.fromEntries(broken),
};
const file = path.join(folder, `${result.at.replaceAll(':', '-').slice(0, 19)}.json`);
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
const circumstances = `${result.at.slice(0, 10)}, Node ${result.node.slice(1)}, ${result.platform}, ${result.cpu}; load ${result.load.min.toFixed(1)} to ${result.load.max.toFixed(1)}, its own included; ${result.seconds} s.${hasExtraCertificates ? ' NODE_EXTRA_CA_CERTS is set.' : ''}`;
console.log(`${circumstances}\n\n${rowTable(result.rows)}\n\n${goalTable(goals)}\n`);
if (values['write-docs']) {
  writeDocs('figures', `${circumstances}\n\n${rowTable(result.rows)}`);
  writeDocs('goals', goalTable(goals));
}
if (values.compare !== undefined) {
  const before = JSON.parse(readFileSync(path.resolve(values.compare), 'utf8'));
  console.log(`${comparison(before.rows, result.rows)}\n`);
}
console.log(path.relative(process.cwd(), file));
if (broken.size > 0) process.exitCode = 1;

// The goals that this machine can judge: ratios to a floor of the same run, so that they mean the same elsewhere.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ratioOf } from './measure.mjs';
import { logTimes } from './workspace.mjs';

/**
 * @typedef {object} Goal
 * @property {number} number
 * @property {string} what
 * @property {number} limit
 * @property {'at most' | 'at least'} side
 * @property {number | null} value   null when it was not measured
 * @property {Stretch | null} [stretch]   what it should be beyond that; missing where the limit is that already
 */

/**
 * @typedef {object} Stretch
 * @property {number} limit   on the side of the goal
 * @property {number | null} value   that of the goal, or of another floor
 * @property {string} [floor]   the other floor
 */

/**
 * @param {(id: string) => import('./table.mjs').Row | null} row
 * @param {{ readonly elements: number, readonly bytes: number, readonly longest: number } | null} dashboard
 * @returns {readonly Goal[]}
 */
export function goalsOf(row, dashboard) {
  /** @param {string} id */
  const ms = (id) => row(id)?.min ?? null;
  /** @param {string} id */
  const cpu = (id) => row(id)?.cpuMs ?? null;
  /** @param {string} id */
  const rss = (id) => row(id)?.rssMb ?? null;
  /** @param {string} id */
  const mid = (id) => row(id)?.median ?? null;
  /** @param {number | undefined} bytes */
  const kib = (bytes) => (bytes === undefined ? null : bytes / 1024);
  /** @param {string} id @param {string} floor */
  const paired = (id, floor) => {
    const [own, other] = [row(id), row(floor)];
    return own === null || other === null ? null : ratioOf(own, other);
  };
  /** @param {number | null} a @param {number | null} b */
  const ratio = (a, b) => (a === null || b === null || b <= 0 ? null : a / b);
  /** @param {string} many @param {string} few @param {number} count */
  const slope = (many, few, count) => {
    const [last, first] = [ms(many), ms(few)];
    return last === null || first === null ? null : (last - first) / count;
  };
  /**
   * How much more a task of a long chain costs than one of a short chain: of the rounds in which the long one ran, by
   * medians. The shortest of many short runs beside the shortest of a few long ones compares luck.
   */
  const growth = () => {
    const rounds = row('chain2000')?.times.length ?? 0;
    /** @param {string} id */
    const middle = (id) => {
      const times = (row(id)?.times.slice(0, rounds) ?? []).toSorted((a, b) => a - b);
      const half = Math.floor(times.length / 2);
      const [low, high] = [times[times.length % 2 === 0 ? half - 1 : half], times[half]];
      return low === undefined || high === undefined ? null : (low + high) / 2;
    };
    const [start, few, many] = [middle('start'), middle('chain200'), middle('chain2000')];
    if (start === null || few === null || many === null) return null;
    return ratio((many - few) / 1800, (few - start) / 199);
  };
  /** Half a millisecond, or 1.2 times what the disk takes for an append and a sync where that is more. */
  const commitLimitMs = () => Math.max(0.5, 1.2 * (mid('commit/append') ?? 0));
  const own = slope('chain200', 'start', 199);
  const bare = slope('chain200/c', 'start/c', 199);
  /**
   * Megabytes a millisecond: what a run takes beyond one that prints nothing, both of the same round.
   * @param {number} mb @param {string} id @param {string} start
   */
  const speed = (mb, id, start) => {
    const [whole, empty] = [row(id), row(start)];
    const more = whole === null || empty === null ? 0 : beyond(whole, empty);
    return more > 1 ? mb / more : null;
  };
  /** @param {number | null} perMs */
  const perSecond = (perMs) => (perMs === null ? null : perMs * 1000);
  /** @param {string} id */
  const over = (id) => {
    const [mb, startMb] = [rss(id), rss('start')];
    return mb === null || startMb === null ? null : mb - startMb;
  };
  const smallShell = 'Node + small shell';
  /** @param {string} id @returns {Stretch} */
  const besideSmallShell = (id) => ({
    limit: 1.3,
    value: paired(id, `${id}/helper`),
    floor: smallShell,
  });
  /** @type {[number, string, Goal['side'], number, number | null, (number | Stretch)?][]} */
  const goals = [
    [
      1,
      'chain of 200 ÷ Node loop',
      'at most',
      1.5,
      paired('chain200', 'chain200/node'),
      besideSmallShell('chain200'),
    ],
    [
      2,
      'overhead a task over C, ms',
      'at most',
      2,
      own === null || bare === null ? null : own - bare,
      0.8,
    ],
    [3, 'slope 200…2,000 ÷ slope 1…200', 'at most', 1.1, growth(), 1],
    ...[2, 8].map(
      (jobs) =>
        /** @type {[number, string, 'at most', number, number | null, Stretch]} */ ([
          4,
          `wide 200, ${jobs} at once ÷ Node loop`,
          'at most',
          1.5,
          paired(`wide${jobs}`, `wide${jobs}/node`),
          besideSmallShell(`wide${jobs}`),
        ]),
    ),
    [5, 'layers 10 × 20 ÷ own wide', 'at most', 1.15, paired('layers', 'wide8'), 1.05],
    [6, 'start of one task ÷ node -e 0', 'at most', 1.5, paired('start', 'start/empty')],
    [6, '--help ÷ node -e 0', 'at most', 1.15, paired('help', 'start/empty')],
    [6, '--version ÷ node -e 0', 'at most', 1.15, paired('version', 'start/empty')],
    [
      7,
      'log of 50 MB ÷ cat > file, speed',
      'at least',
      0.8,
      ratio(speed(50 * logTimes, 'logs', 'logs/none'), speed(50 * logTimes, 'logs/cat', 'logs/sh')),
    ],
    [
      7,
      'log of 50 MB with a secret, MB a second',
      'at least',
      200,
      perSecond(speed(50, 'log-masked', 'log/none')),
    ],
    [
      7,
      'the same with a secret on every line',
      'at least',
      200,
      perSecond(speed(50, 'log-masked-lines', 'log/none')),
    ],
    [8, 'memory for 50 MB of log, MB over start', 'at most', 16, over('log')],
    [8, 'memory for 500 MB of log, MB over start', 'at most', 16, over('log-500')],
    [9, 'durable change of a task, median, ms', 'at most', commitLimitMs(), mid('commit')],
    [
      10,
      'start with the longest history ÷ without',
      'at most',
      1.05,
      paired('start-history', 'start-with'),
    ],
    [
      11,
      'memory of the chain ÷ Node loop',
      'at most',
      1.3,
      ratio(rss('chain200'), rss('chain200/node')),
      1.1,
    ],
    [
      12,
      'processor time of the chain ÷ Node loop',
      'at most',
      1.6,
      ratio(cpu('chain200'), cpu('chain200/node')),
      1.2,
    ],
    [16, 'longest message to the dashboard, KiB', 'at most', 16, kib(dashboard?.longest)],
    [16, 'messages for one change of 1,000, KiB', 'at most', 16, kib(dashboard?.bytes)],
    [17, 'dashboard of 10,000: first frame, ms', 'at most', 100, mid('dashboard/frame'), 60],
    [17, 'dashboard of 10,000: jump, ms', 'at most', 33, mid('dashboard/jump'), 17],
    [17, 'dashboard of 10,000: changed row, ms', 'at most', 4, mid('dashboard/row'), 2],
    [17, 'dashboard of 10,000: elements', 'at most', 1000, dashboard?.elements ?? null],
    [19, 'read and check 200 tasks, warm, ms', 'at most', 30, ms('parse200'), 10],
  ];
  return goals.map(([number, what, side, limit, value, more]) => {
    const stretch = typeof more === 'number' ? { limit: more, value } : (more ?? null);
    return { number, what, side, limit, value, stretch };
  });
}

/**
 * How many milliseconds one takes more than the other: the median over the rounds, as far as both were measured.
 * @param {import('./table.mjs').Row} whole
 * @param {import('./table.mjs').Row} part
 */
function beyond(whole, part) {
  if (whole.times.length < 3 || whole.times.length !== part.times.length) {
    return whole.min - part.min;
  }
  const more = whole.times.map((time, round) => time - (part.times[round] ?? 0));
  return more.sort((a, b) => a - b)[Math.floor(more.length / 2)] ?? 0;
}

/** @param {Pick<Goal, 'side' | 'limit' | 'value'>} goal */
export function isMet({ side, limit, value }) {
  if (value === null) return null;
  return side === 'at most' ? value <= limit : value >= limit;
}

/** By the number of the goal: what is asked for beyond its limit. */
const stretchOfEditor = new Map([[15, 300]]);

/**
 * The goals of the editor as `npm run measure` found each of them last; what was never measured is there without a value.
 * @param {string} folder   where its results are
 * @returns {readonly Goal[]}
 */
export function editorGoals(folder) {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.json'))
    : [];
  /** @type {Map<string, Goal>} */
  const goals = new Map();
  for (const name of files.sort()) {
    const result = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    for (const goal of result.goals) {
      const stretch = stretchOfEditor.get(goal.number);
      const own = stretch === undefined ? null : { limit: stretch, value: goal.value };
      goals.set(goal.what, { ...goal, stretch: own });
    }
  }
  const known = new Set([...goals.values()].map(({ number }) => number));
  const missing = [13, 14, 15, 18].filter((number) => !known.has(number));
  return [
    ...goals.values(),
    ...missing.map((number) => ({
      number,
      what: 'of the editor: npm run measure',
      side: /** @type {const} */ ('at most'),
      limit: 0,
      value: null,
    })),
  ];
}

// Rows of figures, as text for people.
import { isMet } from './goals.mjs';

/**
 * @typedef {object} Row
 * @property {string} id            `<workload>` for the product, `<workload>/<subject>` for what it is compared with
 * @property {string} title
 * @property {number} runs
 * @property {number} min           milliseconds
 * @property {readonly number[]} times  in the order of the rounds
 * @property {number} median        milliseconds
 * @property {number | null} p99    milliseconds, where there are enough runs
 * @property {number | null} cpuMs  least
 * @property {number | null} rssMb  least
 * @property {number | null} ratio  to the floor: see `ratioOf`
 */

/** @param {number | null} value @param {number} [digits] */
function number(value, digits) {
  if (value === null) return '-';
  return value.toFixed(digits ?? (value < 10 ? 2 : value < 100 ? 1 : 0));
}

/** @param {readonly (readonly string[])[]} lines */
export function markdown(lines) {
  const widths = lines[0]?.map((_, at) =>
    Math.max(...lines.map((cells) => cells[at]?.length ?? 0)),
  );
  return lines
    .map((cells, index) => {
      const row = cells.map((cell, at) =>
        (at === 0 ? cell.padEnd : cell.padStart).call(cell, widths?.[at] ?? 0),
      );
      const rule = (widths ?? []).map((width, at) =>
        at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
      );
      return `| ${row.join(' | ')} |${index === 0 ? `\n| ${rule.join(' | ')} |` : ''}`;
    })
    .join('\n');
}

/** @param {readonly Row[]} rows */
export function rowTable(rows) {
  return markdown([
    ['', 'runs', 'min ms', 'median ms', 'CPU ms', 'peak MB', '× floor'],
    ...rows.map((row) => [
      row.title,
      String(row.runs),
      number(row.min),
      number(row.median) + (row.p99 === null ? '' : ` (p99 ${number(row.p99)})`),
      number(row.cpuMs, 0),
      number(row.rssMb, 0),
      number(row.ratio, 2),
    ]),
  ]);
}

/** @param {readonly import('./goals.mjs').Goal[]} goals */
export function goalTable(goals) {
  return markdown([
    ['goal', 'limit', 'here', '', 'stretch', 'here', ''],
    ...goals.map((goal) => [
      `${goal.number}. ${goal.what}`,
      `${goal.side} ${goal.limit}`,
      number(goal.value, 2),
      verdict(goal),
      ...stretchCells(goal),
    ]),
  ]);
}

/** @param {import('./goals.mjs').Goal} goal */
function stretchCells({ side, stretch }) {
  if (stretch === undefined || stretch === null) return ['', '', ''];
  const { limit, value, floor } = stretch;
  const what = `${side} ${limit}${floor === undefined ? '' : ` × ${floor}`}`;
  return [what, number(value, 2), verdict({ side, limit, value })];
}

/** @param {Pick<import('./goals.mjs').Goal, 'side' | 'limit' | 'value'>} goal */
function verdict(goal) {
  const met = isMet(goal);
  return met === null ? 'not measured' : met ? 'met' : 'missed';
}

/**
 * Times and ratios of this run against those of an earlier one.
 * @param {readonly Row[]} before
 * @param {readonly Row[]} after
 */
export function comparison(before, after) {
  const known = new Map(before.map((row) => [row.id, row]));
  return markdown([
    ['', 'min, × before', 'CPU, × before', 'ratio to floor, × before'],
    ...after.flatMap((row) => {
      const old = known.get(row.id);
      if (old === undefined) return [];
      /** @param {number | null} a @param {number | null} b */
      const times = (a, b) => number(a === null || b === null || b === 0 ? null : a / b, 2);
      return [
        [
          row.title,
          times(row.min, old.min),
          times(row.cpuMs, old.cpuMs),
          times(row.ratio, old.ratio),
        ],
      ];
    }),
  ]);
}

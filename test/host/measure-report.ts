import os from 'node:os';
import type { Goal } from '../../bench/goals.mjs';

/** A row of the table that comes out. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  /** What is asked for; empty where nothing is. */
  readonly limit: string;
  /** Of the machine when it was taken, with what was measured. */
  readonly load: string;
}

/** What one run wrote down. */
export interface MeasureResult {
  readonly circumstances: string;
  readonly figures: readonly Figure[];
  readonly goals: readonly Goal[];
}

/** Collects what is measured, prints it at once, and makes a table of it. */
export class MeasureReport {
  readonly figures: Figure[] = [];
  /** By what they say: a later one of the same name takes the place of the one before. */
  readonly #goals = new Map<string, Goal>();
  readonly #begunMs = Date.now();
  readonly #loads = [os.loadavg()[0] ?? 0];

  /** A figure in words. */
  add(what: string, figure: string, limit = ''): void {
    this.#loads.push(os.loadavg()[0] ?? 0);
    this.figures.push({ what, figure, limit, load: (os.loadavg()[0] ?? 0).toFixed(1) });
    console.log(`${what}: ${figure}${limit === '' ? '' : ` (asked for: ${limit})`}`);
  }

  /** Many milliseconds of one kind. */
  addSpans(what: string, spansMs: readonly number[], limit = ''): void {
    this.add(what, describeSpans(spansMs), limit);
  }

  /** A figure that one of the goals asks for. */
  addGoal(number: number, what: string, value: number, limit: number): void {
    this.#goals.set(what, { number, what, side: 'at most', limit, value });
  }

  /** All of them. */
  get goals(): readonly Goal[] {
    return [...this.#goals.values()];
  }

  /** The machine, and what else it did. */
  get circumstances(): string {
    const at = new Date().toISOString().slice(0, 16).replace('T', ' ');
    const cores = `${String(os.cpus().length)} × ${os.cpus()[0]?.model ?? 'unknown'}`;
    const least = Math.min(...this.#loads).toFixed(1);
    const most = Math.max(...this.#loads).toFixed(1);
    const seconds = Math.round((Date.now() - this.#begunMs) / 1000);
    return `${at} UTC, ${process.platform} ${process.arch}, ${cores}; load ${least} to ${most}, its own included; ${String(seconds)} s`;
  }

  /** What is kept of it. */
  get result(): MeasureResult {
    const { circumstances, figures, goals } = this;
    return { circumstances, figures, goals };
  }
}

/** The figures of several runs as a table for the documentation; the last of each kind counts. */
export function toMarkdown(results: readonly MeasureResult[]): string {
  const last = new Map(
    results.flatMap(({ figures }) => figures).map((figure) => [figure.what, figure]),
  );
  const cells = [
    ['what', 'here', 'asked for', 'load'],
    ['---', '---', '---', '---:'],
    ...[...last.values()].map(({ what, figure, limit, load }) => [what, figure, limit, load]),
  ];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The value that this share of all is at most. */
export function quantile(spansMs: readonly number[], share: number): number {
  const sorted = [...spansMs].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Such as `p50 12 ms, p95 20 ms, most 31 ms of 40`. */
export function describeSpans(spansMs: readonly number[]): string {
  const at = (share: number): string => {
    const value = quantile(spansMs, share);
    return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ms`;
  };
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} of ${String(spansMs.length)}`;
}

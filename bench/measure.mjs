// One run of one process: how long, how much processor time, how much memory.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { secrets } from './workspace.mjs';

/**
 * @typedef {object} Sample
 * @property {number} wallMs
 * @property {number | null} cpuMs   of the process and all it waited for
 * @property {number | null} rssMb   of the largest process
 */

/** @param {string} program */
export function isInstalled(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/**
 * Compiles a C file next to this one; null where there is no compiler.
 * @param {string} name
 * @param {string} folder
 */
export function compile(name, folder) {
  if (process.platform === 'win32' || !isInstalled('cc')) return null;
  mkdirSync(folder, { recursive: true });
  const binary = path.join(folder, name);
  const source = path.join(import.meta.dirname, `${name}.c`);
  const { status } = spawnSync('cc', ['-O2', '-o', binary, source], { stdio: 'inherit' });
  return status === 0 ? binary : null;
}

/**
 * Runs a command to its end; throws when it fails.
 * @param {readonly string[]} command
 * @param {{ readonly cwd: string, readonly meter: string | null }} options
 * @returns {Sample}
 */
export function measure(command, { cwd, meter }) {
  const report = path.join(os.tmpdir(), `agent-executor-bench-${process.pid}.json`);
  const [file = '', ...args] = meter === null ? command : [meter, report, ...command];
  const from = performance.now();
  const { status, stderr, error } = spawnSync(file, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CI: '1', ...secrets },
  });
  const wallMs = performance.now() - from;
  if (status !== 0) {
    throw new Error(`${command.join(' ')}: ${error?.message ?? `${status} ${String(stderr)}`}`);
  }
  if (meter === null || !existsSync(report)) return { wallMs, cpuMs: null, rssMb: null };
  const { wall, cpu, rss } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  const kib = process.platform === 'darwin' ? rss / 1024 : rss;
  return { wallMs: wall * 1000, cpuMs: cpu * 1000, rssMb: kib / 1024 };
}

/**
 * How much longer one takes than the other: the median over the rounds in which both were measured one after the
 * other; by the shortest times where there are too few rounds.
 * @param {{ readonly min: number, readonly times: readonly number[] }} own
 * @param {{ readonly min: number, readonly times: readonly number[] }} floor
 */
export function ratioOf(own, floor) {
  if (own.times.length < 3 || own.times.length !== floor.times.length) return own.min / floor.min;
  const ratios = own.times
    .map((time, round) => time / (floor.times[round] ?? time))
    .sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)] ?? 1;
}

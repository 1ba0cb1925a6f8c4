// `npm test`: everything that is checked, in stages, each streaming its own output.
//
//   npm test                              all stages
//   npm test -- --only unit,types         these stages
//   npm test -- --skip e2e,integration    all but these
//
// A stage that counts its tests writes out/results/<stage>.json, whose path it finds in the
// environment variable AGENT_EXECUTOR_RESULTS:
//
//   { "passed": 12, "failed": 0, "skipped": 1, "failures": ["what failed, and how", …],
//     "flaky": ["what failed once and passed when run again, and how it failed", …] }
//
// Mocha does it through build/mocha-reporter.mjs; the runners in test/host write the file
// themselves. A stage without such a file counts as one test, passed when its exit status is 0. A
// stage that ends badly has failed at least once, whatever it wrote.
//
// The last line of the output is `N passed, N failed`, with `, N skipped` and `, N flaky` where there
// are any.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { addCounts, describeCounts, noCounts, readCounts, stageCounts } from './counts.mjs';
import { install, root } from './install.mjs';

/** No stage needs this long; one that does hangs. */
const stageLimitMs = 30 * 60_000;

const bin = {
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  mocha: 'node_modules/mocha/bin/mocha.js',
};
/**
 * @param {string} folder
 * @param {number} [timeoutMs]
 */
const mocha = (folder, timeoutMs = 20_000) => [
  bin.mocha,
  '--forbid-only',
  '--timeout',
  String(timeoutMs),
  '--reporter',
  './build/mocha-reporter.mjs',
  `${folder}/**/*.test.{ts,tsx}`,
];

/** Whether what failed once has failed. */
const isStrict = process.env['AGENT_EXECUTOR_STRICT'] === '1';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[][]} commands   arguments of node; all run, all must end well
 * @property {string[]} [after]      stages without whose success this one is useless
 * @property {string[]} [until]      runs beside the stages after it, up to the first of these, and after those beside them that
 *                                   come before it; what it prints comes at its end
 * @property {boolean} [isAhead]     only does early, at low priority, what the stages of `until` would do; waits for none, counts nothing
 * @property {string} [when]         a file (or a folder with tests) without which there is no such stage yet
 */

/** @type {readonly Stage[]} */
const stages = [
  {
    // A fresh clone has no editors: fetching and compiling them takes two minutes.
    name: 'editors',
    commands: [['--import', 'tsx', 'test/host/bootstrap.ts']],
    until: ['webview', 'integration', 'e2e'],
    isAhead: true,
    when: 'test/host/bootstrap.ts',
  },
  {
    name: 'lint',
    commands: [
      [bin.eslint, '.', '--max-warnings', '0'],
      [bin.prettier, '--check', '.', '--log-level', 'warn'],
    ],
    // It keeps one processor busy for as long as the next four the other one.
    until: ['package', 'webview', 'integration', 'e2e'],
  },
  {
    name: 'faults',
    commands: [mocha('test/faults', 120_000)],
    // `engine` and `cli` mostly wait for processes. What drives a browser or a window is left alone.
    until: ['package', 'webview', 'integration', 'e2e'],
    when: 'test/faults',
  },
  { name: 'types', commands: [[bin.tsc, '-b']] },
  { name: 'build', commands: [['esbuild.mjs']] },
  { name: 'unit', commands: [mocha('test/unit')], when: 'test/unit' },
  { name: 'architecture', commands: [mocha('test/architecture')], when: 'test/architecture' },
  // Real processes: on a busy machine a start alone may take seconds.
  {
    name: 'engine',
    commands: [mocha('test/engine', 60_000)],
    after: ['build'],
    when: 'test/engine',
  },
  { name: 'cli', commands: [mocha('test/cli', 60_000)], after: ['build'], when: 'test/cli' },
  { name: 'package', commands: [['scripts/package.mjs']], after: ['build'] },
  {
    name: 'webview',
    // Each file has a browser of its own, which is waited for most of the time: two at once take half as long.
    // As with windows: a browser that is starved for a moment is told as flaky.
    commands: [
      [
        ...mocha('test/webview', 60_000),
        ...['--parallel', '--jobs', '2'],
        ...(isStrict ? [] : ['--retries', '1']),
      ],
    ],
    after: ['build'],
    when: 'test/webview',
  },
  {
    name: 'integration',
    commands: [['--import', 'tsx', 'test/host/run-integration.ts']],
    after: ['build'],
    when: 'test/host/run-integration.ts',
  },
  {
    name: 'e2e',
    commands: [['--import', 'tsx', 'test/host/run-e2e.ts']],
    after: ['build', 'package'],
    when: 'test/host/run-e2e.ts',
  },
];

/**
 * Runs node in the repository's folder; resolves to whether it ended well.
 * @param {string[]} args
 * @param {string} resultsFile
 * @param {((text: string) => void) | undefined} print   gets what it prints; else that goes on at once
 * @param {boolean} isAhead
 */
function run(args, resultsFile, print, isAhead) {
  return new Promise((/** @type {(isWell: boolean) => void} */ resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', print ? 'pipe' : 'inherit', print ? 'pipe' : 'inherit'],
      env: { ...process.env, AGENT_EXECUTOR_RESULTS: resultsFile },
      timeout: stageLimitMs,
    });
    if (isAhead && child.pid !== undefined) yieldTo(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (/** @type {Buffer} */ bytes) => print?.(bytes.toString()));
    }
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('close', (status, signal) => {
      if (signal !== null) console.error(`ended by ${signal}`);
      resolve(status === 0);
    });
  });
}

/**
 * Lets everything else go before a process and what it starts.
 * @param {number} pid
 */
function yieldTo(pid) {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, or this system allows nobody to do it: then it shares.
  }
}

/**
 * @param {Stage} stage
 * @param {((text: string) => void) | undefined} print
 */
async function runStage(stage, print) {
  const resultsFile = path.join(root, 'out', 'results', `${stage.name}.json`);
  rmSync(resultsFile, { force: true });
  let isWell = true;
  for (const command of stage.commands) {
    if (!(await run(command, resultsFile, print, stage.isAhead === true))) isWell = false;
  }
  return stageCounts(readCounts(resultsFile), isWell);
}

/** @param {string} place */
function isThere(place) {
  const full = path.join(root, place);
  if (!existsSync(full)) return false;
  if (/\.ts$/.test(place)) return true;
  return readdirSync(full, { recursive: true }).some((entry) =>
    /\.test\.tsx?$/.test(String(entry)),
  );
}

/** The stages that the arguments ask for. */
function chosenStages() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      skip: { type: 'string', multiple: true, default: [] },
    },
  });
  const names = (/** @type {string[]} */ lists) => lists.flatMap((text) => text.split(','));
  const [only, skip] = [names(values.only), names(values.skip)];
  for (const name of [...only, ...skip]) {
    if (stages.some((stage) => stage.name === name)) continue;
    throw new Error(
      `there is no stage "${name}"; there are ${stages.map((s) => s.name).join(', ')}`,
    );
  }
  const chosen = stages.filter(
    ({ name }) => (only.length === 0 || only.includes(name)) && !skip.includes(name),
  );
  return chosen.filter(({ isAhead, until }) => isAhead !== true || isAnyOf(chosen, until));
}

/**
 * @param {readonly Stage[]} chosen
 * @param {readonly string[] | undefined} names
 */
function isAnyOf(chosen, names) {
  return chosen.some(({ name }) => names?.includes(name) === true);
}

/** @param {string} name */
const head = (name) => `\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`;

async function main() {
  const chosen = chosenStages();
  if (!install()) return { ...noCounts, failed: 1 };
  let total = noCounts;
  const failedStages = new Set();
  /** @type {[stage: string, text: string][]} */
  const summary = [];
  /**
   * @param {Stage} stage
   * @param {(text: string) => void} [print]
   */
  const timed = async (stage, print) => {
    const startedAt = performance.now();
    const counts = await runStage(stage, print);
    return { stage, counts, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
  };
  /** @param {Awaited<ReturnType<typeof timed>>} run */
  const add = ({ stage, counts, seconds }) => {
    if (stage.isAhead === true) {
      const how = counts.failed > 0 ? 'failed, the stages that need it try again' : 'ready';
      summary.push([stage.name, `${how} in ${seconds} s`]);
      return;
    }
    if (counts.failed > 0) failedStages.add(stage.name);
    total = addCounts(total, counts);
    summary.push([stage.name, `${describeCounts(counts)} in ${seconds} s`]);
  };
  /** @type {{ until: readonly string[], finish: () => Promise<void> }[]} */
  let beside = [];
  /** The end of the stages that run beside the others, one after another. @type {Promise<unknown>} */
  let lane = Promise.resolve();
  /** @param {(until: readonly string[]) => boolean} isDue */
  const finish = async (isDue) => {
    const due = beside.filter(({ until }) => isDue(until));
    beside = beside.filter((one) => !due.includes(one));
    for (const one of due) await one.finish();
  };
  for (const stage of chosen) {
    if (stage.when !== undefined && !isThere(stage.when)) {
      summary.push([stage.name, `not there yet (${stage.when})`]);
      continue;
    }
    await finish((until) => until.includes(stage.name));
    const missing = stage.after?.find((name) => failedStages.has(name));
    if (missing !== undefined) {
      summary.push([stage.name, `not run, since ${missing} failed`]);
      failedStages.add(stage.name);
      total = addCounts(total, { ...noCounts, skipped: 1 });
      continue;
    }
    if (stage.until !== undefined && isAnyOf(chosen, stage.until)) {
      let printed = head(stage.name);
      const start = () => timed(stage, (text) => (printed += text));
      const running = stage.isAhead === true ? start() : lane.then(start);
      if (stage.isAhead !== true) lane = running;
      const end = async () => {
        const run = await running;
        console.log(printed);
        add(run);
      };
      beside.push({ until: stage.until, finish: end });
      continue;
    }
    console.log(head(stage.name));
    add(await timed(stage));
  }
  await finish(() => true);
  console.log(head('summary'));
  // Again, since the place where they happened is far up by now.
  for (const failure of total.failures) console.log(`FAILED ${failure}\n`);
  if (total.flaky.length > 0) console.log('FLAKY (failed once, passed when run again)');
  for (const failure of total.flaky) console.log(`${failure}\n`);
  for (const [name, text] of summary) console.log(`${name.padEnd(14)}${text}`);
  return total;
}

let total = { ...noCounts, failed: 1 };
try {
  total = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
console.log(describeCounts(total));
process.exitCode = total.failed > 0 ? 1 : 0;

// node bench/floor.mjs COUNT JOBS JOURNAL spawn|helper : the cheapest loop in Node that starts COUNT shells, JOBS at a
// time, with a durable record of 1 KiB before each start and after each end. `helper` has one long-lived small shell
// per job start the tasks: a small process forks cheaply.
import { spawn } from 'node:child_process';
import { fdatasyncSync, openSync, writeSync } from 'node:fs';

const [countText, jobsText, journal = '', way] = process.argv.slice(2);
const count = Number(countText);
const jobs = Number(jobsText);
const record = Buffer.alloc(1024, 'x');
const journalFd = openSync(journal, 'w');
const logFd = openSync(`${journal}.log`, 'w');
let started = 0;

function commit() {
  writeSync(journalFd, record);
  fdatasyncSync(journalFd);
}

/** @returns {Promise<void>} */
function runShell() {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-ec', ': noop'], { stdio: ['ignore', logFd, logFd] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
  });
}

function startHelper() {
  const loop =
    'while IFS= read -r line; do /bin/sh -ec "$line" </dev/null >/dev/null 2>&1; echo $?; done';
  const child = spawn('/bin/sh', ['-c', loop], { stdio: ['pipe', 'pipe', 'inherit'] });
  /** @returns {Promise<void>} */
  const run = () =>
    new Promise((resolve, reject) => {
      child.stdout.once('data', (/** @type {Buffer} */ bytes) => {
        const code = String(bytes).trim();
        if (code === '0') resolve();
        else reject(new Error(`exit ${code}`));
      });
      child.stdin.write(': noop\n');
    });
  return { run, end: () => child.stdin.end() };
}

async function work() {
  const helper = way === 'helper' ? startHelper() : null;
  while (started < count) {
    started += 1;
    commit();
    await (helper === null ? runShell() : helper.run());
    commit();
  }
  helper?.end();
}

await Promise.all(Array.from({ length: jobs }, work));

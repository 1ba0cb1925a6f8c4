// `npm run faults -- --minutes 10 --seed 7`: a storm as long as wanted, and its table. The exit status is 1 when
// anything was lost, torn, doubled or otherwise wrong; the state folder is kept then. The seed decides what is done
// to whom; when it hits is up to the machine.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { describeStorm } from './describe-storm.ts';
import { runStorm } from './run-storm.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    writers: { type: 'string', default: '3' },
    readers: { type: 'string', default: '2' },
    parent: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error('usage: npm run faults -- [--minutes N] [--seed S] [--writers N] [--readers N]');
  process.exit(2);
}
const loadBefore = os.loadavg()[0]!;
const report = await runStorm({
  seconds: minutes * 60,
  seed,
  writers: Number(values.writers),
  readers: Number(values.readers),
  ...(values.parent === undefined ? {} : { parent: values.parent }),
});
const load = `load ${loadBefore.toFixed(1)} before, ${os.loadavg()[0]!.toFixed(1)} after`;
console.log(
  `${minutes} min, seed ${seed}, ${os.cpus().length} processors, ${os.platform()}, Node ${process.version}, ${load}\n`,
);
console.log(describeStorm(report));
for (const problem of report.problems.slice(0, 40)) console.log(`wrong: ${problem}`);
if (!report.isGood) console.log(`kept: ${report.workspace}`);
process.exitCode = report.isGood ? 0 : 1;

// `npm start`: a workflow of this very folder, live in the terminal.
//
//   npm start                        runs workflows/hello.yaml
//   npm start -- ops/health   runs another one; more arguments go to `agent-executor run`
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { install, root } from './install.mjs';

const cli = 'dist/cli.cjs';

if (!install() || !buildIfStale([cli, 'dist/programs.cjs', 'dist/run.cjs'])) process.exit(1);

const given = process.argv.slice(2);
const args = given[0] === undefined || given[0].startsWith('-') ? ['hello', ...given] : given;
const child = spawn(process.execPath, [path.join(root, cli), 'run', ...args, '-C', root], {
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself (same terminal); this process waits for its verdict. A signal
// sent to this process alone is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`Could not start ${cli}: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (status, signal) => {
  process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1);
});

import { setFlagsFromString } from 'node:v8';

/** What a run takes from Node; each brings several parts of Node with it. */
const partsOfNode = ['node:child_process', 'node:os', 'node:tty'];

/**
 * Lets this process take little memory: starting a process copies the page tables of the one that starts it, so every
 * megabyte is paid for with each task. To be called before code is loaded that was compiled under the same flags.
 *
 * The young generation stays as it is at the start, 1 MiB a half: the limit itself can only be set on Node's command
 * line, which a program that is started by its name does not have, but how much is added can be set at any time. And
 * in Node 20 (later ones do not know the flag) a function is optimized only where it is hot for long: what a run of
 * some hundred tasks does is over before that pays, and the compiler's memory never comes back. A young generation
 * this small is collected in a millisecond by one thread; several wait for each other, for long on a busy machine.
 */
export function keepHeapLean(): void {
  // Node brings its own parts compiled, but under the flags it was built with: what is loaded later is compiled anew.
  for (const part of partsOfNode) process.getBuiltinModule(part);
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-parallel-scavenge');
  if (!process.versions.node.startsWith('20.')) return;
  setFlagsFromString('--interrupt-budget=2000000');
  // Functions wait for the first compiler in batches, eight times larger than usual: a run of one task is over before.
  setFlagsFromString('--baseline-batch-compilation-threshold=32768');
}

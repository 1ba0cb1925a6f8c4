/** The runner: a process of its own that owns one execution. Started by `launchRunner`, never by a person. */
import path from 'node:path';
import { keepHeapLean } from './lean-heap.ts';
import { loadBundle } from './load-bundle.ts';
import type * as RunPrograms from './run-programs.ts';

keepHeapLean();
const file = path.join(import.meta.dirname, 'run.cjs');
const { runner } = loadBundle(file, 'runner') as typeof RunPrograms;
void runner();

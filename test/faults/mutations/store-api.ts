/** What the checks use of the store: the entry of every mutant. */
export { systemClock } from '../../../src/engine/ports.ts';
export { nodeDisk } from '../../../src/engine/store/disk.ts';
export { joinExecutions } from '../../../src/engine/store/join-executions.ts';
export { claimExecution, createExecution } from '../../../src/engine/store/owned-execution.ts';
export { readExecution } from '../../../src/engine/store/read-execution.ts';
export { readSnapshot, StateFollower } from '../../../src/engine/store/state-follower.ts';
export { ensureStateFolder, stateFolderOf } from '../../../src/engine/store/state-folder.ts';
export { acquireViewLock } from '../../../src/engine/store/view-lock.ts';
export { ViewReader } from '../../../src/engine/store/view-reader.ts';
export { ViewWriter } from '../../../src/engine/store/view-writer.ts';

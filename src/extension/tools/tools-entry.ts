/**
 * What looks after the state folder, and what asks before executions run again. A bundle of its own (`dist/tools.cjs`), since it is seldom used: see
 * `lazyBundle` in build/esbuild-plugins.mjs.
 */
export { muteNotifications } from '../notifications/mute-notifications.ts';
export { enforceLimits } from './enforce-limits.ts';
export { filterExecutions } from '../commands/filter-executions.ts';
export { restartPlanned, runBeside } from '../commands/restart-planned.ts';
export { runForSeveral } from '../commands/run-for-several.ts';
export { exportExecution } from './export-execution.ts';
export { findFinished, removeAll } from './remove-all.ts';
export { runDoctor } from './run-doctor.ts';
export { showStateUsage } from './show-state-usage.ts';

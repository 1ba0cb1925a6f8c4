/**
 * What looks up past executions. A bundle of its own (`dist/past.cjs`): it is loaded in the middle of an execution, and
 * what else is loaded on need would hold up the window for ten times as long. See `lazyBundle` in build/esbuild-plugins.mjs.
 */
export { readPastRuns } from '../../engine/history/read-past-runs.ts';

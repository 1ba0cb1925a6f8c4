/**
 * What shows in workflow files how their tasks did. A bundle of its own (`dist/features.cjs`), loaded once a file was read:
 * a turn later than what reads it, so that neither holds up the editor for long.
 */
export { markHandled, showHandled } from '../commands/mark-handled.ts';
export { createWorkflowFeatures } from './workflow-features.ts';

/**
 * What reads workflow files. A bundle of its own (`dist/language.cjs`), since the YAML parser and the expressions are
 * most of the code and are not needed before the first file has to be read. Loaded by `language.ts`, and only there.
 */
export { loadWorkflow } from '../engine/workflow/load-workflow.ts';
export { parseWorkflow } from '../engine/workflow/parse-workflow.ts';
export { createUsesResolver } from '../engine/workflow/resolve-uses.ts';
export { PieceReader } from '../engine/workflow/yaml/piece-reader.ts';
export { convertWorkflow } from './authoring/convert-workflow.ts';
export { createAuthoring } from './authoring/authoring.ts';
export { markHandled, showHandled } from './commands/mark-handled.ts';
export { createWorkflowFeatures } from './diagnostics/workflow-features.ts';
export { serveGraph } from './graph/serve-graph.ts';
export { showGraph } from './graph/show-graph.ts';
export { provideWorkflowTasks, resolveWorkflowTask } from './tasks/workflow-tasks.ts';

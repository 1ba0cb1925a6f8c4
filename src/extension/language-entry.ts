/**
 * What reads workflow files. A bundle of its own (`dist/language.cjs`), which is not needed before the first file has to be
 * read. Loaded by `language.ts`, and only there.
 */
export { loadWorkflow } from '../engine/workflow/load-workflow.ts';
export { parseWorkflow } from '../engine/workflow/parse-workflow.ts';
export { createUsesResolver } from '../engine/workflow/resolve-uses.ts';
export { PieceReader } from '../engine/workflow/yaml/piece-reader.ts';

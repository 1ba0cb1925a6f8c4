/** What makes workflows of other files. A bundle of its own (`dist/convert.cjs`), since it is seldom used. */
export { convertWorkflow } from './convert-workflow.ts';

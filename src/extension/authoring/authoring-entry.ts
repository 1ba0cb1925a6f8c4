/**
 * What helps to write workflow files, and draws them. A bundle of its own (`dist/authoring.cjs`), since many windows need
 * nothing of it. It reads files itself: to share what `dist/language.cjs` has would make that one longer.
 */
export { serveGraph } from '../graph/serve-graph.ts';
export { showGraph } from '../graph/show-graph.ts';
export { createAuthoring } from './authoring.ts';

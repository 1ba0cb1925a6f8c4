/**
 * What serves an open dashboard. A bundle of its own (`dist/dashboard.cjs`), since most windows never open one. Loaded by
 * `dashboard-panel.ts`, and only there.
 */
export { serveDashboard } from './serve-dashboard.ts';

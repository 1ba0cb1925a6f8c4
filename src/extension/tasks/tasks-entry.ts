/** What lists workflows as tasks of the editor. A bundle of its own (`dist/tasks.cjs`), since few windows ask for them. */
export { provideWorkflowTasks, resolveWorkflowTask } from './workflow-tasks.ts';

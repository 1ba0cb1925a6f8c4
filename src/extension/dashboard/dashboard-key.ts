/** The key by which the dashboard knows an execution: folders may hold the same id. */
export function dashboardKey(folder: string, execution: string): string {
  return `${folder} ${execution}`;
}

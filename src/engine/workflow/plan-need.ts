import type { Span } from './reporter.ts';
import type { TaskSource } from './workflow-source.ts';

/** The edit that puts one more name into the `needs` of a task; null where its place cannot be told. */
export function planNeed(
  text: string,
  task: TaskSource,
  need: string,
): { readonly span: Span; readonly text: string } | null {
  const { map } = task;
  // A map that stands elsewhere, behind an alias, belongs to others too.
  if (map === null || map.start < task.key.start) return null;
  const value = task.entries.get('needs')?.value;
  if (value === undefined) {
    const [first] = map.entries;
    if (first === undefined) return null;
    const at = first.key.start;
    if (map.isFlow) return insert(at, `needs: ${need}, `);
    const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    return insert(at, `needs: ${need}${newline}${' '.repeat(indent)}`);
  }
  // An anchor's list belongs to others too.
  if (value.start < map.start || value.end > map.end) return null;
  if (value.kind === 'scalar' && value.value !== null) {
    return { span: value, text: `[${text.slice(value.start, value.end)}, ${need}]` };
  }
  const last = value.kind === 'list' ? value.items.at(-1) : undefined;
  if (value.kind !== 'list' || last === undefined) return null;
  if (value.isFlow) return insert(last.end, `, ${need}`);
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const dash = /^[ ]*- +/.exec(text.slice(lineStart, last.start))?.[0];
  return dash === undefined ? null : insert(last.end, `\n${dash}${need}`);
}

function insert(at: number, text: string): { readonly span: Span; readonly text: string } {
  return { span: { start: at, end: at }, text };
}

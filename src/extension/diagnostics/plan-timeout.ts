import { planItem, type PlannedEdit } from '../../engine/workflow/plan-entry.ts';
import { readYaml } from '../../engine/workflow/yaml/read-yaml.ts';
import { entryOf, valueOf, type YamlMap } from '../../engine/workflow/yaml/yaml-node.ts';
import { maxDurationMs, parseDuration } from '../../model/duration.ts';

/** A longer timeout for a task, and the edit that writes it. */
export interface RaisedTimeout {
  /** As it is written: `20m`. */
  readonly value: string;
  readonly edit: PlannedEdit;
}

/**
 * Gives a task of a workflow text about twice the time it had. `usedMs` is the timeout it was ended by, which may come
 * from `defaults`. Null where the task or the right place cannot be told, or where there is nothing longer.
 */
export function planTimeout(
  text: string,
  task: string,
  usedMs: number | null,
): RaisedTimeout | null {
  const owner = ownerOf(text, task);
  if (owner === null) return null;
  const written = entryOf(owner, 'timeout')?.value;
  if (written === undefined) {
    const value = usedMs === null ? null : nextTimeout(usedMs);
    if (value === null) return null;
    const edit = planItem(text, owner, 'timeout', value, { single: value });
    return edit === null ? null : { value, edit };
  }
  // A value that stands elsewhere, behind an alias, belongs to others too.
  if (written.kind !== 'scalar' || written.start < owner.start || written.end > owner.end) {
    return null;
  }
  // What the file says now counts: it may have been raised since.
  const duration = parseDuration(written.text);
  const value = duration.ok ? nextTimeout(duration.value) : null;
  return value === null ? null : { value, edit: { span: written, text: value } };
}

/** The map that holds the timeout of a task: of an approval the inner one. */
function ownerOf(text: string, task: string): YamlMap | null {
  const { root } = readYaml(text);
  const entry =
    entryOf(valueOf(root ?? undefined, 'tasks'), task) ??
    entryOf(valueOf(root ?? undefined, 'finally'), task);
  const map = entry?.value;
  if (entry === undefined || map?.kind !== 'map' || map.start < entry.key.start) return null;
  const approval = valueOf(map, 'approval');
  if (approval?.kind !== 'map') return map;
  return approval.start < map.start || approval.end > map.end ? null : approval;
}

/** Durations that a person would write, ascending. */
const steps = '1s 2s 5s 10s 20s 30s 1m 2m 5m 10m 20m 30m 1h 2h 4h 8h 12h 1d 2d 4d 7d 14d 21d'.split(
  ' ',
);

/** The first step that is at least twice as long; null beyond what a timeout may be. */
function nextTimeout(ms: number): string | null {
  if (ms * 2 > maxDurationMs) return null;
  const next = steps.find((step) => {
    const duration = parseDuration(step);
    return duration.ok && duration.value >= ms * 2;
  });
  return next ?? null;
}

import type { ExecutionStatus, TaskStatus } from '../../model/status.ts';
import type { Glyphs } from './glyphs.ts';
import type { Paint, PaintStyle } from './paint.ts';

/** What text is drawn with. */
export interface Look {
  readonly paint: Paint;
  readonly glyphs: Glyphs;
}

const styles: Readonly<Record<ExecutionStatus | TaskStatus, PaintStyle>> = {
  pending: 'dim',
  queued: 'dim',
  running: 'cyan',
  retrying: 'yellow',
  waiting: 'magenta',
  cancelling: 'yellow',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'yellow',
  skipped: 'dim',
  interrupted: 'red',
};

/** The sign of a state, coloured. `frame` counts up while something moves; without it a running state stands still. */
export function statusGlyph(
  status: ExecutionStatus | TaskStatus,
  look: Look,
  frame: number | null = null,
): string {
  return look.paint(styles[status], plainGlyph(status, look.glyphs, frame));
}

/** The word of a state, coloured, filled up to `width` columns. */
export function statusWord(status: ExecutionStatus | TaskStatus, look: Look, width = 0): string {
  return look.paint(styles[status], status.padEnd(width));
}

function plainGlyph(
  status: ExecutionStatus | TaskStatus,
  glyphs: Glyphs,
  frame: number | null,
): string {
  if (status === 'queued') return glyphs.pending;
  if (status === 'running' && frame !== null) {
    return glyphs.spinner[frame % glyphs.spinner.length] ?? glyphs.running;
  }
  return glyphs[status];
}

import type { Timestamp } from '../../model/execution.ts';

/** The text, cut to `max` UTF-16 units with an ellipsis; never through the middle of a character. */
export function fitText(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const last = cut.charCodeAt(cut.length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${isHalf ? cut.slice(0, -1) : cut}…`;
}

/** The first line that says something, cut to `max`; null stays null. */
export function firstLine(text: string | null, max: number): string | null {
  if (text === null) return null;
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return fitText(line.trim(), max);
}

/** Milliseconds since 1970; 0 for a text that is no time. */
export function toMs(at: Timestamp): number {
  const ms = Date.parse(at);
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}

/** Milliseconds since 1970, or null for null. */
export function toMsOrNull(at: Timestamp | null): number | null {
  return at === null ? null : toMs(at);
}

/** Bytes that a value takes as JSON in a message. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

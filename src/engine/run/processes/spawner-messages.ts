import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { ProcessExit, ProcessRequest } from './process-starter.ts';

/** What the spawner says, a line each. */
export type SpawnerReport =
  | { readonly type: 'ready' }
  | {
      readonly type: 'started';
      readonly id: string;
      readonly pid: number;
      readonly startTime: string | null;
    }
  | { readonly type: 'failed'; readonly id: string; readonly step: string; readonly error: string }
  | { readonly type: 'ended'; readonly id: string; readonly exit: ProcessExit };

/**
 * The wish for a process: its fields with NUL between them, after their length in four bytes. Null when one of them cannot
 * be put so.
 */
export function encodeStart(id: string, request: ProcessRequest): Buffer | null {
  const fields = ['start', id, request.file, request.folder, request.logFile];
  fields.push(String(request.args.length), ...request.args);
  for (const [name, value] of Object.entries(request.environment)) fields.push(`${name}=${value}`);
  return encode(fields);
}

/** The wish that a process is killed, whether it is known here already or not. */
export function encodeDrop(id: string): Buffer {
  return encode(['drop', id]) ?? Buffer.alloc(0);
}

function encode(fields: readonly string[]): Buffer | null {
  const body = fields.join('\0');
  if (body.split('\0').length !== fields.length) return null;
  const length = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(4 + length);
  frame.writeUInt32BE(length);
  frame.write(body, 4);
  return frame;
}

/** One line of the spawner; null for what it never says. */
export function parseReport(line: string): SpawnerReport | null {
  const [type = '', id = '', third = '', fourth = ''] = line.split(' ');
  switch (type) {
    case 'ready':
      return { type };
    case 'started': {
      const pid = Number(third);
      const startTime = /^\d+$/.test(fourth) ? fourth : null;
      return Number.isSafeInteger(pid) && pid > 1 ? { type, id, pid, startTime } : null;
    }
    case 'failed':
      return { type, id, step: third, error: nameOfError(Number(fourth)) };
    case 'ended':
      return /^\d+$/.test(third) ? { type, id, exit: exitOf(Number(third), fourth === '0') } : null;
    default:
      return null;
  }
}

function nameOfError(number: number): string {
  return Number.isSafeInteger(number) && number > 0 ? getSystemErrorName(-number) : 'no reason';
}

/** From the status that `waitpid` gives: the signal in the low seven bits, or else the exit code above them. */
function exitOf(status: number, isAlone: boolean): ProcessExit {
  const number = status & 127;
  if (number === 0) return { kind: 'known', code: status >> 8, signal: null, isAlone };
  const names = Object.entries(constants.signals);
  const signal = names.find(([, value]) => value === number)?.[0] ?? `signal ${String(number)}`;
  return { kind: 'known', code: null, signal, isAlone };
}

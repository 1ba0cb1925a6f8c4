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

/** Puts the wishes for processes into bytes. What their environments share is said once, before the first of them. */
export class StartEncoder {
  /** What was said last, and the names in it that were left out since a process had its own value for them. */
  #shared: Readonly<Record<string, string>> | null = null;
  #hidden = '';

  /**
   * The wish for a process: its fields with NUL between them, after their length in four bytes. Null when one of them
   * cannot be put so.
   */
  encode(id: string, request: ProcessRequest, isHeld: boolean): Buffer | null {
    const { shared, own } = request.environment;
    const fields = ['start', id, isHeld ? '1' : '', request.file, request.folder, request.logFile];
    fields.push(String(request.args.length), ...request.args, ...variables(own));
    const start = encode(fields);
    const names = Object.keys(own).filter((name) => Object.hasOwn(shared, name));
    const hidden = names.join('\0');
    if (start === null || (shared === this.#shared && hidden === this.#hidden)) return start;
    const rest = { ...shared };
    for (const name of names) Reflect.deleteProperty(rest, name);
    const common = encode(['shared', ...variables(rest)]);
    if (common === null) return null;
    this.#shared = shared;
    this.#hidden = hidden;
    return Buffer.concat([common, start]);
  }
}

function variables(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

/** The wish that a process is killed, whether it is known here already or not. */
export function encodeDrop(id: string): Buffer {
  return encode(['drop', id]) ?? Buffer.alloc(0);
}

/** What the held process with this number waits for. */
export function encodeWord(id: number): Buffer {
  const word = Buffer.allocUnsafe(4);
  word.writeUInt32BE(id);
  return word;
}

function encode(fields: readonly string[]): Buffer | null {
  if (fields.some((field) => field.includes('\0'))) return null;
  const body = fields.join('\0');
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

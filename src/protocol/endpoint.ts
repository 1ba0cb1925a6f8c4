import { fail, messageOf, ok, type Failure, type Result } from '../model/result.ts';
import type { Disposable } from '../model/disposable.ts';
import { isRecord, shape, text, type Guard } from './guard.ts';
import {
  RefusedError,
  type AnswerOf,
  type AskType,
  type BodyOf,
  type GuardsOf,
  type HandlersOf,
  type TellType,
} from './message-map.ts';

/** What an endpoint needs of the place it runs in. */
export interface EndpointOptions<In, Out> {
  /** Hands a message to the other end. May throw; that is a failure of the request. */
  readonly post: (message: unknown) => void;
  /** What this end does with what it gets. */
  readonly handlers: HandlersOf<In>;
  /** What this end accepts. */
  readonly accepts: GuardsOf<In>;
  /** What the other end accepts: its answers are checked by this. */
  readonly sends: GuardsOf<Out>;
  /** Told about everything that was refused or went wrong. */
  readonly report: (message: string) => void;
  /** Calls back after a delay; the returned function stops it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** How long an answer may take; default 15 s. */
  readonly timeoutMs?: number;
}

interface Pending {
  readonly type: string;
  readonly accept: Guard<unknown>;
  readonly settle: (result: Result<unknown>) => void;
}

interface AnyGuards {
  readonly body: Guard<unknown>;
  readonly answer?: Guard<unknown>;
}

const isFailureMessage = shape<{ code: string; message: string; hint: string | null }>({
  code: text(100),
  message: text(2000),
  hint: (value): value is string | null => value === null || text(2000)(value),
});

/**
 * One end of a channel; both ends use this class with the two maps swapped. On the wire a message is
 * `{ type, body }`, a request also has an `id`, and is answered by `{ type: 'answer' | 'refused', id, body }`.
 * Whatever arrives is checked; what is malformed, unknown or late is refused and reported, never acted on.
 */
export class Endpoint<In, Out> implements Disposable {
  readonly #options: EndpointOptions<In, Out>;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #isDisposed = false;

  constructor(options: EndpointOptions<In, Out>) {
    this.#options = options;
  }

  /** Says something that is not answered. A failure to send is reported. */
  tell<K extends TellType<Out>>(type: K, body: BodyOf<Out, K>): void {
    if (this.#isDisposed) return;
    this.#post({ type, body });
  }

  /** Asks; never rejects: an error reply, a malformed answer, a timeout and the end of the channel are failures. */
  ask<K extends AskType<Out>>(
    type: K,
    body: BodyOf<Out, K>,
    timeoutMs = this.#options.timeoutMs ?? 15_000,
  ): Promise<Result<AnswerOf<Out, K>>> {
    if (this.#isDisposed) return Promise.resolve(closed(type));
    const id = this.#nextId;
    this.#nextId += 1;
    const accept = (this.#options.sends[type] as AnyGuards).answer ?? never;
    return new Promise((resolve) => {
      const stop = this.#options.after(timeoutMs, () => {
        this.#settle(id, fail('timeout', `no answer to "${type}" within ${String(timeoutMs)} ms`));
      });
      this.#pending.set(id, {
        type,
        accept,
        settle: (result) => {
          stop();
          resolve(result as Result<AnswerOf<Out, K>>);
        },
      });
      const problem = this.#post({ type, id, body });
      if (problem !== null) this.#settle(id, fail('not-sent', problem));
    });
  }

  /** Takes whatever arrived on the channel. Never throws. */
  receive(message: unknown): void {
    if (this.#isDisposed) return;
    if (!isRecord(message) || typeof message['type'] !== 'string') {
      this.#options.report('refused a message without a type');
      return;
    }
    const { type, id, body } = message;
    if (type === 'answer' || type === 'refused') {
      this.#receiveAnswer(type, id, body);
      return;
    }
    const guards = this.#options.accepts as Readonly<Record<string, AnyGuards>>;
    const guard = Object.hasOwn(guards, type) ? guards[type] : undefined;
    if (guard === undefined) {
      this.#options.report(`refused the unknown message "${type.slice(0, 100)}"`);
      if (isId(id)) this.#refuse(id, { code: 'unknown-message', message: 'unknown message' });
      return;
    }
    const isAsked = guard.answer !== undefined;
    if (isAsked !== isId(id) || !guard.body(body)) {
      this.#options.report(`refused a malformed message "${type}"`);
      if (isId(id)) this.#refuse(id, { code: 'malformed', message: `malformed "${type}"` });
      return;
    }
    void this.#handle(type, isId(id) ? id : null, body);
  }

  /** Ends the channel: nothing is sent or received any more, and everything that waits fails with `closed`. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const [id, { type }] of [...this.#pending]) this.#settle(id, closed(type));
  }

  async #handle(type: string, id: number | null, body: unknown): Promise<void> {
    const handlers = this.#options.handlers as Readonly<Record<string, (body: unknown) => unknown>>;
    try {
      const answer = await handlers[type]?.(body);
      if (id !== null && !this.#isDisposed) this.#post({ type: 'answer', id, body: answer });
    } catch (thrown) {
      const failure =
        thrown instanceof RefusedError
          ? thrown.failure
          : { code: 'internal', message: messageOf(thrown) };
      this.#options.report(`"${type}" failed: ${failure.message}`);
      if (id !== null && !this.#isDisposed) this.#refuse(id, failure);
    }
  }

  #receiveAnswer(type: 'answer' | 'refused', id: unknown, body: unknown): void {
    const pending = isId(id) ? this.#pending.get(id) : undefined;
    if (pending === undefined || !isId(id)) {
      this.#options.report('refused an answer that nobody waits for');
      return;
    }
    if (type === 'answer') {
      if (pending.accept(body)) this.#settle(id, ok(body));
      else {
        this.#options.report(`refused a malformed answer to "${pending.type}"`);
        this.#settle(id, fail('malformed', `malformed answer to "${pending.type}"`));
      }
      return;
    }
    const failure = isFailureMessage(body)
      ? fail(body.code, body.message, body.hint ?? undefined)
      : fail('refused', `"${pending.type}" was refused`);
    this.#settle(id, failure);
  }

  #settle(id: number, result: Result<unknown>): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    pending.settle(result);
  }

  #refuse(id: number, failure: Failure): void {
    const body = {
      code: failure.code.slice(0, 100),
      message: failure.message.slice(0, 2000),
      hint: failure.hint?.slice(0, 2000) ?? null,
    };
    this.#post({ type: 'refused', id, body });
  }

  #post(message: unknown): string | null {
    try {
      this.#options.post(message);
      return null;
    } catch (thrown) {
      const problem = messageOf(thrown);
      this.#options.report(`a message was not sent: ${problem}`);
      return problem;
    }
  }
}

const never: Guard<never> = (_value): _value is never => false;

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function closed(type: string): { readonly ok: false; readonly error: Failure } {
  return fail('closed', `the dashboard was closed before "${type}" was answered`);
}

/** How the messages of a channel are declared: one map per direction, from the message's `type` to its body. */
import type { Failure } from '../model/result.ts';
import type { Guard } from './guard.ts';

/** A message that is answered: the type of the answer belongs to the request. */
export interface Ask<Body, Answer> {
  readonly body: Body;
  readonly answer: Answer;
}

/** A message that is only told. */
export interface Tell<Body> {
  readonly body: Body;
}

/** One direction of a channel. */
export type MessageMap<M> = { readonly [K in keyof M]: Ask<unknown, unknown> | Tell<unknown> };

/** The types of the messages that are answered. */
export type AskType<M> = {
  [K in keyof M]: M[K] extends { readonly answer: unknown } ? K : never;
}[keyof M] &
  string;

/** The types of the messages that are only told. */
export type TellType<M> = Exclude<keyof M & string, AskType<M>>;

/** What the message says. */
export type BodyOf<M, K extends keyof M> = M[K] extends { readonly body: infer B } ? B : never;

/** What is answered to it. */
export type AnswerOf<M, K extends keyof M> = M[K] extends { readonly answer: infer A } ? A : never;

/** The guards of one direction: of every body, and of every answer. */
export type GuardsOf<M> = {
  readonly [K in keyof M]: M[K] extends { readonly body: infer B; readonly answer: infer A }
    ? { readonly body: Guard<B>; readonly answer: Guard<A> }
    : M[K] extends { readonly body: infer B }
      ? { readonly body: Guard<B> }
      : never;
};

/** What an end does with the messages it gets. An ask may fail in an expected way by throwing a `RefusedError`. */
export type HandlersOf<M> = {
  readonly [K in keyof M]: M[K] extends { readonly body: infer B; readonly answer: infer A }
    ? (body: B) => A | Promise<A>
    : M[K] extends { readonly body: infer B }
      ? (body: B) => void
      : never;
};

/** Thrown by a handler to answer with a failure in words for a person. */
export class RefusedError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RefusedError';
    this.failure = failure;
  }
}

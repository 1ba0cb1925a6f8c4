import { asRecorded, type Tell } from '../model/tell-message.ts';

/** Something that went wrong, with what to do about it, as sentences for a person. */
export function describeTrouble(
  trouble: { readonly message: string; readonly hint?: string },
  tell: Tell = asRecorded,
): string {
  const { message, hint } = trouble;
  const first = sentence(tell(message));
  return hint === undefined ? first : `${first} ${sentence(tell(hint))}`;
}

/** The engine's messages start small and end without a stop, so that they can stand inside others. */
function sentence(text: string): string {
  const trimmed = text.trim();
  // The name of a file stays as it is.
  const isFileName = /^\S+\.\w/.test(trimmed);
  const start = isFileName ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?:]$/.test(start) || start === '' ? start : `${start}.`;
}

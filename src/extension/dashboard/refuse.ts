import { asRecorded } from '../../model/tell-message.ts';
import type { Failure } from '../../model/result.ts';
import { RefusedError } from '../../protocol/message-map.ts';
import type { Words } from './words.ts';

/** The answer about what is not there any more. */
export const goneExecution: Failure = {
  code: 'unknown-execution',
  message: 'This execution is not there any more.',
};

/** What to throw to refuse an ask, in the words of the dashboard. */
export function refused({ code, message, hint }: Failure, words?: Words): RefusedError {
  const tell = words?.tell ?? asRecorded;
  return new RefusedError({
    code,
    message: tell(message),
    ...(hint === undefined ? {} : { hint: tell(hint) }),
  });
}

import { StringData } from '@actions/expressions/data/string';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { messageOf } from '../../model/result.ts';
import { fromData, toData } from './scope-data.ts';

/**
 * `fromJSON` and `toJSON` in place of the package's: they say what was not JSON, and keep keys that a plain
 * object would lose (`__proto__`) or find without being there (`constructor`).
 */
export const jsonFunctions: readonly FunctionDefinition[] = [
  {
    name: 'fromJSON',
    minArgs: 1,
    maxArgs: 1,
    call: (...[argument]) => {
      const text = argument?.coerceString() ?? '';
      if (text.trim() === '') throw new Error('fromJSON was given an empty text');
      try {
        return toData(JSON.parse(text));
      } catch (error) {
        // Never a part of it: what masks secrets knows them only as a whole.
        const shown = text.length > 60 ? `${text.length} characters` : JSON.stringify(text);
        throw new Error(`fromJSON was given ${shown}, which is no JSON`, {
          cause: messageOf(error),
        });
      }
    },
  },
  {
    name: 'toJSON',
    minArgs: 1,
    maxArgs: 1,
    call: (...[argument]) => {
      const value = argument === undefined ? null : fromData(argument);
      return new StringData(JSON.stringify(value, null, 2));
    },
  },
];

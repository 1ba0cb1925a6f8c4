import type { KeySpec } from './key-spec.ts';

const place = 'input';

/** The types an input may have. */
export const inputTypes = ['string', 'number', 'boolean', 'choice', 'file'] as const;

/** Keys of one input. */
export const inputKeys: readonly KeySpec[] = [
  {
    key: 'type',
    place,
    type: { kind: 'word', words: inputTypes },
    docs: 'What the value is. `choice` needs `options`; `file` is a path inside the workspace folder, relative to it.',
    example: 'type: number',
    default: 'string',
  },
  {
    key: 'required',
    place,
    type: { kind: 'boolean' },
    docs: 'Whether a value must be given.',
    example: 'required: true',
    default: 'false',
  },
  {
    key: 'description',
    place,
    type: { kind: 'text' },
    docs: 'What is asked for, in words.',
    example: 'description: Version to publish',
  },
  {
    key: 'default',
    place,
    type: { kind: 'scalar' },
    docs: 'The value when none is given; of the type of the input.',
    example: 'default: beta',
  },
  {
    key: 'pattern',
    place,
    type: { kind: 'text' },
    docs: 'A regular expression (JavaScript, with the `u` flag where it allows) that the whole text must match.',
    example: "pattern: '\\d+\\.\\d+\\.\\d+'",
  },
  {
    key: 'options',
    place,
    type: { kind: 'list', of: { kind: 'scalar' }, single: false },
    docs: 'What can be chosen; only for `type: choice`.',
    example: 'options: [stable, beta]',
  },
];

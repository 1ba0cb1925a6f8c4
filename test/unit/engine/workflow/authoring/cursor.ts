import type { AuthoringContext } from '../../../../../src/engine/workflow/authoring/suggestion.ts';

/** A text and the offset of the `█` in it, which is taken out. */
export function cursorIn(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('█');
  if (offset === -1) throw new Error('there is no █ in the text');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** A folder with three agents; `ops/notes` has two inputs and an output. */
export const context: AuthoringContext = {
  agent: 'ops/main',
  path: 'workflows/ops/main.yaml',
  agents: ['hello', 'ops/main', 'ops/notes'],
  secretNames: ['NPM_TOKEN', 'OTHER'],
  resolveUses: (uses) =>
    uses === 'ops/notes' || uses === './notes.yaml'
      ? {
          kind: 'found',
          agent: 'ops/notes',
          inputs: [input('version', true), input('channel', false)],
          outputs: ['url'],
        }
      : { kind: 'missing', looked: uses, agents: [] },
};

function input(name: string, required: boolean) {
  return {
    name,
    type: 'string' as const,
    required,
    description: `The ${name}`,
    default: null,
    pattern: null,
    options: [],
  };
}

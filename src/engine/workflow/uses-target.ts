import type { InputSpec } from '../../model/workflow.ts';

/** What a `uses` points at, as far as whoever asks can tell. */
export type UsesTarget =
  | {
      readonly kind: 'found';
      readonly agent: string;
      /** The declared inputs; null when the file could not be read, so nothing is checked against it. */
      readonly inputs: readonly InputSpec[] | null;
      /** Names of the declared outputs; null as above. */
      readonly outputs: readonly string[] | null;
    }
  | { readonly kind: 'missing'; readonly looked: string; readonly agents: readonly string[] }
  /** It would run itself again: agent ids from the file that is read back to an agent already in the list. */
  | { readonly kind: 'recursive'; readonly trail: readonly string[] }
  | { readonly kind: 'too-deep'; readonly limit: number }
  | { readonly kind: 'outside'; readonly folder: string };

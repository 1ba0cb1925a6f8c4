import type { UsesTarget } from './uses-target.ts';

/** Which file a text belongs to, and how to find what it `uses`. Without `resolveUses` that is not checked. */
export interface ParseContext {
  readonly agent: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  readonly resolveUses?: (uses: string) => UsesTarget;
}

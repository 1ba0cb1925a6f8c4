import type { ReadYaml } from './yaml/piece-reader.ts';
import type { UsesTarget } from './uses-target.ts';

/** Which file a text belongs to, and how to find what it `uses`. Without `resolveUses` that is not checked. */
export interface ParseContext {
  readonly agent: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  /** Reads the text; for whoever reads a text again and again while it is edited. */
  readonly readYaml?: ReadYaml;
  readonly resolveUses?: (uses: string) => UsesTarget;
}

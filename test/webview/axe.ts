import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { DashboardBed } from './dashboard-bed.ts';
import { themes, type ThemeName } from './theme-variables.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** The rules whose answer depends on colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with the page as it is now, in words; of these rules or of all. */
export async function violations(
  bed: DashboardBed,
  rules: readonly string[] = [],
): Promise<readonly string[]> {
  // The policy of the page forbids a script element; evaluating is not loading.
  const isThere = await bed.page.evaluate(() => 'axe' in window);
  if (!isThere) await bed.page.evaluate(await readFile(axePath, 'utf8'));
  return bed.page.evaluate(async (wanted) => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: {
            readonly resultTypes: readonly string[];
            readonly runOnly?: readonly string[];
          },
        ) => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations: found } = await axe.run(document, {
      resultTypes: ['violations'],
      ...(wanted.length > 0 && { runOnly: wanted }),
    });
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join('\n')}`,
    );
  }, rules);
}

/** The same in the four kinds of themes, which differ in their colours only; the page is dark at the end. */
export async function violationsInAllThemes(bed: DashboardBed): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of (Object.keys(themes) as ThemeName[]).reverse()) {
    await bed.wear(theme);
    const ofTheme = await violations(bed, theme === 'dark' ? [] : colourRules);
    found.push(...ofTheme.map((text) => `${theme}: ${text}`));
  }
  return found;
}

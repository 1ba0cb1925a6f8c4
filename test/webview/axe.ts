import { createRequire } from 'node:module';
import type { DashboardBed } from './dashboard-bed.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong with the page as it is now, in words. */
export async function violations(bed: DashboardBed): Promise<readonly string[]> {
  // The policy of the page forbids a script element; evaluating is not loading.
  const { readFile } = await import('node:fs/promises');
  await bed.page.evaluate(await readFile(axePath, 'utf8'));
  return bed.page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run: (
          context: Document,
          options: { readonly resultTypes: readonly string[] },
        ) => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations: found } = await axe.run(document, { resultTypes: ['violations'] });
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join('\n')}`,
    );
  });
}

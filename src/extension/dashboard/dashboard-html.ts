import type { Translations } from '../../model/translate.ts';

/** Where the page finds its parts; addresses as the webview sees them. */
export interface DashboardPage {
  readonly cspSource: string;
  /** Drawn anew for every page; letters and digits. */
  readonly nonce: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** Shown until the script has begun. */
  readonly boot?: string;
  /** What the page speaks; English where nothing is said. */
  readonly language?: PageLanguage;
}

/** A language and what the texts of the page are in it; none for English. */
export interface PageLanguage {
  readonly id: string;
  readonly texts: Translations | null;
}

/** The page of the dashboard. Nothing is loaded but our own script, styles and icon font. */
export function dashboardHtml(page: DashboardPage): string {
  const { cspSource, nonce, script, styles, boot = 'Loading the dashboard…' } = page;
  const { id, texts } = page.language ?? { id: 'en', texts: null };
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const links = styles.map((href) => `<link rel="stylesheet" href="${escape(href)}">`).join('\n');
  return `<!DOCTYPE html>
<html lang="${escape(texts === null ? 'en' : id)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agent Executor</title>
${links}
</head>
<body>
<div id="dashboard"><p class="boot">${escape(boot)}</p></div>
${texts === null ? '' : dataBlock(texts)}<script nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

/** Data, not a script: nothing of it runs, whatever stands in it. */
function dataBlock(texts: Translations): string {
  const json = JSON.stringify(texts).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="texts">${json}</script>\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

import assert from 'node:assert/strict';
import { dashboardHtml } from '../../../../src/extension/dashboard/dashboard-html.ts';

const page = { cspSource: 'self:', nonce: 'abc', script: 's.js', styles: [] };

describe('the page of the dashboard', () => {
  it('brings no texts in English', () => {
    assert.match(dashboardHtml(page), /<html lang="en">/);
    assert.doesNotMatch(dashboardHtml(page), /id="texts"/);
  });

  it('brings the texts of another language as data that cannot end their element', () => {
    const texts = { Show: '</script><b>Anzeigen' };
    const html = dashboardHtml({ ...page, language: { id: 'de', texts } });
    assert.match(html, /<html lang="de">/);
    const block = /<script type="application\/json" id="texts">([^<]*)<\/script>/.exec(html);
    assert.deepEqual(JSON.parse(block?.[1] ?? ''), texts);
  });

  it('says that it is in English where a language has no texts', () => {
    const html = dashboardHtml({ ...page, language: { id: 'fr', texts: null } });
    assert.match(html, /<html lang="en">/);
  });
});

import assert from 'node:assert/strict';
import { languageOf } from '../../../../src/webview/language/language.ts';

const german = languageOf(
  {
    id: 'de',
    texts: { '{0} task': '{0} Aufgabe', '{0} tasks': '{0} Aufgaben', 'Show {0}': '{0} anzeigen' },
  },
  'de-AT',
);
const english = languageOf({ id: 'en', texts: {} }, 'en-GB');

describe('the language of a page', () => {
  it('puts texts into its words, and leaves those that it has not', () => {
    assert.equal(german.t('Show {0}', 'build'), 'build anzeigen');
    assert.equal(german.t('Hide {0}', 'build'), 'Hide build');
    assert.equal(english.t('Show {0}', 'build'), 'Show build');
  });

  it('does not take what every object has for a text', () => {
    assert.equal(german.t('constructor'), 'constructor');
  });

  it('counts as it does', () => {
    assert.equal(german.plural(1, '{0} task', '{0} tasks'), '1 Aufgabe');
    assert.equal(german.plural(0, '{0} task', '{0} tasks'), '0 Aufgaben');
    const french = languageOf({ id: 'fr', texts: { '{0} task': '{0} tâche' } }, 'fr');
    assert.equal(french.plural(0, '{0} task', '{0} tasks'), '0 tâche');
  });

  it('leaves dates to the browser where that speaks the same language', () => {
    assert.equal(german.locale, undefined);
    assert.equal(languageOf({ id: 'de', texts: { a: 'b' } }, 'en-US').locale, 'de');
  });

  it('knows what stands before decimals', () => {
    assert.equal(german.point, ',');
    assert.equal(english.point, '.');
  });
});

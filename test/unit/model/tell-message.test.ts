import assert from 'node:assert/strict';
import { tellBy } from '../../../src/model/tell-message.ts';

const tell = tellBy({
  'the task "{0}" {1}': 'die Aufgabe "{0}" {1}',
  'exited with code {0} after {1}': 'endete mit Exit-Code {0} nach {1}',
  '(a command was not found)': '(ein Befehl wurde nicht gefunden)',
  'unknown key `{0}`': 'unbekannter Schlüssel `{0}`',
  'did you mean `{0}`?': 'meinten Sie `{0}`?',
  '{0} or {1}': '{0} oder {1}',
  '`{0}` must be {1}': '`{0}` muss {1} sein',
  'true or false': 'true oder false',
  failed: 'fehlgeschlagen',
  'from {0} to {1}': 'von {0} bis {1}',
});

describe('telling a message in another language', () => {
  it('finds its clauses, one inside the other', () => {
    assert.equal(
      tell('the task "build" exited with code 127 after 2 s (a command was not found)'),
      'die Aufgabe "build" endete mit Exit-Code 127 nach 2 s (ein Befehl wurde nicht gefunden)',
    );
    assert.equal(
      tell('unknown key `rnu`; did you mean `run`?'),
      'unbekannter Schlüssel `rnu`; meinten Sie `run`?',
    );
  });

  it('leaves names of others as they are, whatever they say', () => {
    assert.equal(tell('the task "failed" failed'), 'die Aufgabe "failed" fehlgeschlagen');
    assert.equal(tell('unknown key `true or false`'), 'unbekannter Schlüssel `true or false`');
  });

  it('tells texts that are always the same as a whole', () => {
    assert.equal(tell('`optional` must be true or false'), '`optional` muss true oder false sein');
  });

  it('leaves what it does not know, also where a small part could be told', () => {
    assert.equal(tell('heads or tails; more'), 'heads or tails; more');
    assert.equal(
      tell('something else; exited with code 1 after 2 s'),
      'something else; endete mit Exit-Code 1 nach 2 s',
    );
    assert.equal(tell(''), '');
  });

  it('tells sentences and lines for themselves', () => {
    assert.equal(
      tell('unknown key `a`\nunknown key `b`. Failed. failed'),
      'unbekannter Schlüssel `a`\nunbekannter Schlüssel `b`. Failed. failed',
    );
  });

  it('ends with a message of any length', () => {
    const long = 'a; from b to c or d (e). '.repeat(2000);
    assert.equal(typeof tell(long), 'string');
  });
});

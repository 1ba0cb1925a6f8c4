import assert from 'node:assert/strict';
import { parseDotenv } from '../../../../src/engine/run/dotenv.ts';
import { layerEnvironment, userEnvironment } from '../../../../src/engine/run/environment.ts';

describe('the environment of a task', () => {
  it('lets later layers win, and undefined remove', () => {
    const layers = [{ A: '1', B: '1', C: '1' }, { B: '2' }, { C: undefined }];
    assert.deepEqual(layerEnvironment(layers, 'linux'), { A: '1', B: '2' });
  });

  it('treats names that differ in case as one on Windows only', () => {
    const layers = [{ Path: 'old', x: '1' }, { PATH: 'new' }];
    assert.deepEqual(layerEnvironment(layers, 'win32'), { PATH: 'new', x: '1' });
    assert.deepEqual(layerEnvironment(layers, 'linux'), { Path: 'old', PATH: 'new', x: '1' });
  });

  it('does not hand on what is meant for this program', () => {
    const environment = { ELECTRON_RUN_AS_NODE: '1', AGENT_OUTPUT: '/x', AGENT_ID: 'y', HOME: '/' };
    assert.deepEqual(userEnvironment(environment), { AGENT_ID: 'y', HOME: '/' });
  });
});

describe('a dotenv file', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['plain values', 'A=1\nB = two words \n', { A: '1', B: 'two words' }],
    ['empty values', 'A=\nB=""\n', { A: '', B: '' }],
    ['export and indentation', '  export A=1', { A: '1' }],
    ['comments', '# no\nA=1 # yes\nB=#fff\nC=x#y', { A: '1', B: '', C: 'x#y' }],
    ['single quotes as they are', "A='$x \\n # y'", { A: '$x \\n # y' }],
    ['escapes in double quotes', 'A="a\\nb\\"c\\\\d\\q"', { A: 'a\nb"c\\d\\q' }],
    ['values of several lines', 'A="a\nb"\nB=1', { A: 'a\nb', B: '1' }],
    ['Windows line ends and a byte order mark', '\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['nothing executed or expanded', 'A=$(touch x)\nB=${A}', { A: '$(touch x)', B: '${A}' }],
    ['lines that are none', 'what is this\n1A=x\nB=1', { B: '1' }],
    ['the last of equal names', 'A=1\nA=2', { A: '2' }],
  ];
  for (const [name, text, expected] of cases) {
    it(`reads ${name}`, () => {
      assert.deepEqual(parseDotenv(text), expected);
    });
  }
});

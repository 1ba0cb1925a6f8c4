import assert from 'node:assert/strict';
import { parseArguments, splitCommand } from '../../../../src/cli/arguments/parse-arguments.ts';
import type { CommandSpec } from '../../../../src/cli/command.ts';

const spec: CommandSpec = {
  name: 'run',
  summary: 'Run an agent',
  positionals: [{ name: 'AGENT', isRequired: true, about: 'the agent' }],
  options: [
    { name: 'input', short: 'i', value: 'NAME=VALUE', isRepeatable: true, about: '' },
    { name: 'limit', short: 'n', value: 'N', about: '' },
    { name: 'follow', short: 'f', about: '' },
  ],
  examples: [],
};

function messageOf(...argv: string[]): string {
  const parsed = parseArguments(spec, argv);
  assert.ok(!parsed.ok);
  return parsed.error.message;
}

function parse(...argv: string[]) {
  const parsed = parseArguments(spec, argv);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

describe('parseArguments', () => {
  it('takes options before, between and after positionals', () => {
    const given = parse('-f', 'hello', '--json');
    assert.deepEqual(given.positionals, ['hello']);
    assert.ok(given.has('follow') && given.has('json'));
  });

  it('takes a value behind a blank, an equals sign, or the letter itself', () => {
    assert.equal(parse('a', '--limit', '5').value('limit'), '5');
    assert.equal(parse('a', '--limit=5').value('limit'), '5');
    assert.equal(parse('a', '-n5').value('limit'), '5');
    assert.equal(parse('a', '-n=5').value('limit'), '5');
  });

  it('joins short flags', () => {
    const given = parse('a', '-fn', '5');
    assert.ok(given.has('follow'));
    assert.equal(given.value('limit'), '5');
  });

  it('collects a repeatable option in order', () => {
    assert.deepEqual(parse('a', '-i', 'x=1', '-iy=a=b').values('input'), ['x=1', 'y=a=b']);
  });

  it('takes everything behind -- as it is', () => {
    assert.deepEqual(parse('--', '--json').positionals, ['--json']);
  });

  it('takes a value that begins with a dash', () => {
    assert.deepEqual(parse('a', '-i', '-x=1').values('input'), ['-x=1']);
  });

  it('says what an unknown option was probably meant to be', () => {
    assert.equal(messageOf('a', '--jsn'), 'unknown option --jsn; did you mean --json?');
    assert.equal(messageOf('a', '-json'), 'unknown option -json; did you mean --json?');
    assert.equal(messageOf('a', '-z'), 'unknown option -z');
  });

  it('says that a value is missing', () => {
    assert.equal(messageOf('a', '-i'), 'option -i/--input needs a value: NAME=VALUE');
  });

  it('refuses a value for a flag, and an option given twice', () => {
    assert.equal(messageOf('a', '--follow=yes'), 'option --follow takes no value');
    assert.equal(messageOf('a', '-n1', '-n2'), 'option --limit was given twice');
  });

  it('refuses missing and surplus positionals', () => {
    assert.equal(messageOf(), 'AGENT is missing: the agent');
    assert.equal(messageOf('a', 'b'), 'unexpected argument "b"');
  });

  it('asks for nothing when help is wanted', () => {
    assert.ok(parse('--help').has('help'));
  });
});

describe('splitCommand', () => {
  it('finds the command behind options that stand before it', () => {
    assert.deepEqual(splitCommand(['-C', 'dir', 'run', 'hello', '-f']), {
      name: 'run',
      rest: ['-C', 'dir', 'hello', '-f'],
    });
  });

  it('finds none among options alone', () => {
    assert.equal(splitCommand(['--help']).name, null);
  });
});

import assert from 'node:assert/strict';
import type { Diagnostic } from '../../../../src/model/diagnostic.ts';
import {
  describeDiagnostics,
  renderDiagnostic,
} from '../../../../src/engine/workflow/describe-diagnostics.ts';

function diagnostic(change: Partial<Diagnostic> = {}): Diagnostic {
  return {
    severity: 'error',
    code: 'unknown-key',
    message: 'unknown key `need`',
    line: 2,
    column: 8,
    endLine: 2,
    endColumn: 12,
    ...change,
  };
}

describe('describeDiagnostics', () => {
  it('writes one line each, and names what is no error', () => {
    const text = describeDiagnostics('workflows/x.yaml', [
      diagnostic(),
      diagnostic({ severity: 'warning', message: 'odd\n  thing' }),
    ]);
    assert.equal(
      text,
      'workflows/x.yaml:2:8 unknown key `need`\nworkflows/x.yaml:2:8 warning: odd thing',
    );
  });

  it('is empty for none', () => {
    assert.equal(describeDiagnostics('x', []), '');
  });
});

describe('renderDiagnostic', () => {
  it('shows the line with carets under the place', () => {
    assert.equal(
      renderDiagnostic('tasks:\n  a: { need: b }\r\n', diagnostic(), 'x.yaml'),
      ['x.yaml:2:8 unknown key `need`', '2 |   a: { need: b }', '  |        ^^^^'].join('\n'),
    );
  });

  it('shows one caret where something is missing, also at the end of the text', () => {
    const place = { line: 1, column: 4, endLine: 1, endColumn: 4 };
    assert.equal(
      renderDiagnostic('abc', diagnostic(place), 'x'),
      ['x:1:4 unknown key `need`', '1 | abc', '  |    ^'].join('\n'),
    );
  });

  it('shows the first line of a place of several', () => {
    const place = { line: 1, column: 2, endLine: 3, endColumn: 1 };
    assert.equal(
      renderDiagnostic('abcd\nef\n', diagnostic(place), 'x').split('\n').at(-1),
      '  |  ^^^',
    );
  });

  it('cuts a long line around the place', () => {
    const place = { line: 1, column: 501, endLine: 1, endColumn: 504 };
    const [, source, carets] = renderDiagnostic(
      `${'a'.repeat(500)}bcd${'e'.repeat(500)}`,
      diagnostic(place),
      'x',
    ).split('\n');
    assert.ok(source!.length < 110);
    assert.equal(source!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1), 'bcd');
  });

  it('keeps control characters from the terminal', () => {
    const shown = renderDiagnostic('a\u001b[2Jb', diagnostic({ line: 1, message: 'x\u001b[2J' }));
    assert.ok(!shown.includes('\u001b'));
  });

  it('lists related places', () => {
    const related = [{ line: 1, column: 1, endLine: 1, endColumn: 2, message: 'it is first here' }];
    assert.equal(
      renderDiagnostic('a\nb', diagnostic({ related }), 'x').split('\n').at(-1),
      '  = 1:1 it is first here',
    );
  });
});

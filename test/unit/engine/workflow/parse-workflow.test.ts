import assert from 'node:assert/strict';
import { hasErrors } from '../../../../src/model/diagnostic.ts';
import { allRules } from '../../../../src/engine/workflow/rules/all-rules.ts';
import { applyFixes, describe as inWords, parseCase, readCases, textOfCase } from './case-file.ts';

describe('parseWorkflow, by the files of test/cases/workflow', () => {
  const cases = readCases();
  for (const one of cases) {
    it(`${one.file}: ${one.name}`, () => {
      const parsed = parseCase(one);
      assert.deepEqual(inWords(parsed.diagnostics), one.expect ?? []);
      assert.equal(parsed.workflow === null, hasErrors(parsed.diagnostics));
      if (one.workflow !== undefined) assertContains(parsed.workflow, one.workflow, 'workflow');
      if (one.fixed !== undefined) {
        assert.equal(applyFixes(textOfCase(one), parsed.diagnostics), one.fixed);
      }
    });
  }

  for (const one of cases.filter(({ fixed }) => fixed !== undefined)) {
    it(`${one.file}: what can be fixed is right afterwards`, () => {
      const fixable = parseCase(one).diagnostics.filter(({ fix }) => fix !== undefined);
      const left = parseCase({ ...one, input: one.fixed!.replaceAll('\r\n', '\n') }).diagnostics;
      const codes = new Set(left.filter(({ fix }) => fix !== undefined).map(({ code }) => code));
      assert.ok(fixable.length > 0);
      assert.deepEqual([...codes], []);
    });
  }

  it('has a case for every code of every rule', () => {
    const seen = new Set(
      cases.flatMap((one) => parseCase(one).diagnostics.map(({ code }) => code)),
    );
    const codes = new Set(allRules.flatMap((rule) => rule.codes));
    // Ten thousand tasks make no readable case; limits.test.ts has them.
    codes.delete('too-many-tasks');
    assert.deepEqual(
      [...codes].filter((code) => !seen.has(code)),
      [],
    );
  });
});

/** Every part of `expected` is in `actual`; lists are compared as wholes. */
function assertContains(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected !== 'object' || expected === null) {
    assert.deepEqual(actual, expected, path);
    return;
  }
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual), `${path} is a list`);
    assert.equal(actual.length, expected.length, `${path} has ${expected.length} items`);
    expected.forEach((item, at) => assertContains(actual[at], item, `${path}[${at}]`));
    return;
  }
  assert.ok(typeof actual === 'object' && actual !== null, `${path} is an object`);
  for (const [key, value] of Object.entries(expected)) {
    assertContains((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}

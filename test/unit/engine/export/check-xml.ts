import assert from 'node:assert/strict';

const token =
  /<\?xml [^?]*\?>|<(?<close>\/)?(?<name>[a-z-]+)(?<attributes>(?: [a-z-]+="[^"<&\n\t]*(?:&[a-z0-9#]+;[^"<&\n\t]*)*")*)(?<empty>\/)?>|[^<&]+|&(?:amp|lt|gt|quot|#\d+);/y;

/** Fails unless the text is well-formed XML 1.0 of the simple kind that we write. */
export function checkXml(text: string): void {
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(text);
  assert.equal(forbidden, null, 'a character that XML 1.0 cannot hold');
  assert.equal(Buffer.from(text).toString('utf8'), text, 'half a character');
  assert.ok(!text.replaceAll('&gt;', '').includes(']]>'), ']]> in text');
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const groups = token.exec(text)?.groups;
    assert.ok(groups, `not well-formed at: ${text.slice(at, at + 80)}`);
    const { name, close, empty } = groups;
    if (name === undefined || empty !== undefined) continue;
    if (close === undefined) open.push(name);
    else assert.equal(open.pop(), name);
  }
  assert.deepEqual(open, []);
}

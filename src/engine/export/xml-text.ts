/** Text inside XML 1.0, which cannot hold every character, not even escaped. */

/** Text for between two tags. Colours and other control sequences go, what XML forbids becomes U+FFFD. */
export function xmlText(text: string): string {
  return allowed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** A name and its value, with a blank before; nothing for null. */
export function xmlAttribute(name: string, value: string | number | null): string {
  if (value === null) return '';
  const text = xmlText(String(value))
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
  return ` ${name}="${text}"`;
}

const escapeSequences =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]*[0-~])/g;
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function allowed(text: string): string {
  return text.replace(escapeSequences, '').replace(forbidden, '\ufffd');
}

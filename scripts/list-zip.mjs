// Reads the list of files in a zip archive (a VSIX is one).

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;

/**
 * Names and unpacked sizes of the files in an archive; folders are left out.
 * Throws when the bytes are not a zip archive.
 * @param {Buffer} bytes
 * @returns {{ name: string, size: number }[]}
 */
export function listZip(bytes) {
  // The directory of a zip stands at its end; only a comment may follow.
  let end = bytes.length - endBytes;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error('not a zip archive: it has no directory');
  const count = bytes.readUInt16LE(end + 10);
  let offset = bytes.readUInt32LE(end + 16);
  const files = [];
  for (let i = 0; i < count; i += 1) {
    if (bytes.readUInt32LE(offset) !== entrySignature) {
      throw new Error(`not a zip archive: entry ${i} of its directory is damaged`);
    }
    const nameLength = bytes.readUInt16LE(offset + 28);
    const restLength = bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
    const name = bytes.toString('utf8', offset + 46, offset + 46 + nameLength);
    if (!name.endsWith('/')) files.push({ name, size: bytes.readUInt32LE(offset + 24) });
    offset += 46 + nameLength + restLength;
  }
  return files;
}

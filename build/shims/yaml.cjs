// Stands in for `yaml` in every bundle: loads the real one when something of it is first asked for. Nearly all workflow
// files are plain and have a reader of their own, and loading it takes 3 ms of each start.
const names = [
  'Composer',
  'Document',
  'LineCounter',
  'Parser',
  'isAlias',
  'isCollection',
  'isMap',
  'isPair',
  'isScalar',
  'isSeq',
  'parseDocument',
];
for (const name of names) {
  Object.defineProperty(exports, name, {
    enumerable: true,
    get: () => require('../../node_modules/yaml/dist/index.js')[name],
  });
}

// Stands in for `yaml` in every bundle: loads the real one when something of it is first asked for. Nearly all workflow
// files are plain and have a reader of their own, and loading it takes 3 ms of each start. Of the two forms that the package
// has the one written as modules is shorter, and compiled in less than half of the time: files of the other are functions in
// functions, each of which V8 reads twice. They differ in where a warning is printed and in what `!!binary` becomes.
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
    get: () => require('../../node_modules/yaml/browser/index.js')[name],
  });
}

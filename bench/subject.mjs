/**
 * What is measured.
 * @typedef {object} Subject
 * @property {string} id
 * @property {string} title
 * @property {readonly string[]} command
 * @property {string} cwd
 * @property {string} [floor]   the subject that its times are divided by
 * @property {number} [rounds]  at most; all where it is missing
 * @property {number} [times]   in each round; once where it is missing
 * @property {() => void} [before]  not measured
 * @property {() => void} [check]   after the first run; throws
 * @property {() => void} [after]   not measured
 */
export {};

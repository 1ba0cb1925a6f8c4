// WebAssembly's text format to its bytes: the part of both that src/engine/run/mask-program.wat is written in, a module of
// one imported memory, one global and one function, with every instruction in brackets.

/** @type {Readonly<Record<string, number>>} */
const opcodes = {
  br: 0x0c,
  br_if: 0x0d,
  return: 0x0f,
  'local.get': 0x20,
  'local.set': 0x21,
  'global.get': 0x23,
  'global.set': 0x24,
  'i32.load': 0x28,
  'i64.load': 0x29,
  'i32.load8_u': 0x2d,
  'i32.load16_u': 0x2f,
  'i32.store': 0x36,
  'i64.store': 0x37,
  'i32.const': 0x41,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.gt_s': 0x4a,
  'i32.ge_s': 0x4e,
  'i64.eqz': 0x50,
  'i64.ne': 0x52,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.shl': 0x74,
  'i64.xor': 0x85,
  'i64.shl': 0x86,
  'i64.extend_i32_u': 0xad,
};
/** @type {Readonly<Record<string, number>>} */
const types = { i32: 0x7f, i64: 0x7e };
const end = 0x0b;
/** Of a block without a result. */
const noResult = 0x40;

/**
 * The bytes of a module. Throws for what it does not know.
 * @param {string} text
 */
export function assemble(text) {
  const fields = listOf(parse(text)).filter(Array.isArray);
  const memory = field(fields, 'import');
  const global = field(fields, 'global');
  const func = field(fields, 'func');
  const parameters = lists(func, 'param');
  const locals = lists(func, 'local');
  const results = lists(func, 'result');
  const names = [...parameters, ...locals].map((node) => wordOf(node[1]));
  const isCode = (/** @type {unknown} */ node) =>
    Array.isArray(node) && !['export', 'param', 'local', 'result'].includes(wordOf(node[0]));
  const code = func.slice(1).filter(isCode);
  const body = [
    ...vector(locals.map((node) => [1, typeOf(node[2])])),
    ...code.flatMap((node) => instruction(node, names, [])),
    end,
  ];
  const signature = [
    0x60,
    ...vector(parameters.map((node) => [typeOf(node[2])])),
    ...vector(results.map((node) => [typeOf(node[1])])),
  ];
  const pages = Number(field(memory, 'memory')[1]);
  const exported = (/** @type {readonly unknown[]} */ node) =>
    name(wordOf(field(node, 'export')[1]));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [signature]),
    ...section(2, [
      [...name(wordOf(memory[1])), ...name(wordOf(memory[2])), 2, 0, ...unsigned(pages)],
    ]),
    ...section(3, [[0]]),
    ...section(6, [[types['i32'] ?? 0, 1, ...instruction(global.at(-1) ?? '', [], []), end]]),
    ...section(7, [
      [...exported(global), 3, 0],
      [...exported(func), 0, 0],
    ]),
    ...section(10, [[...unsigned(body.length), ...body]]),
  ]);
}

/**
 * @param {unknown} node
 * @param {readonly string[]} locals
 * @param {readonly string[]} labels   innermost first
 * @returns {number[]}
 */
function instruction(node, locals, labels) {
  const [first, ...rest] = listOf(node);
  const word = wordOf(first);
  const all = (/** @type {readonly unknown[]} */ nodes, inner = labels) =>
    nodes.flatMap((each) => instruction(each, locals, inner));
  if (word === 'block' || word === 'loop') {
    const inner = [wordOf(rest[0]), ...labels];
    return [word === 'block' ? 0x02 : 0x03, noResult, ...all(rest.slice(1), inner), end];
  }
  if (word === 'if') {
    const inner = ['', ...labels];
    const [condition = '', then = []] = rest;
    return [...all([condition]), 0x04, noResult, ...all(listOf(then).slice(1), inner), end];
  }
  const opcode = opcodes[word];
  if (opcode === undefined) throw new Error(`unknown instruction ${word}`);
  if (word === 'i32.const') return [opcode, ...signed(Number(rest[0]))];
  if (word.startsWith('br')) {
    return [...all(rest.slice(1)), opcode, ...unsigned(placeOf(rest[0], labels))];
  }
  if (word.startsWith('local.')) {
    return [...all(rest.slice(1)), opcode, ...unsigned(placeOf(rest[0], locals))];
  }
  if (word.startsWith('global.')) return [...all(rest.slice(1)), opcode, 0];
  // No alignment is promised, and nothing is added to the address.
  return [...all(rest), opcode, ...(/load|store/.test(word) ? [0, 0] : [])];
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  const tokens = text.replace(/;;.*$/gm, '').match(/[()]|"[^"]*"|[^\s()]+/g) ?? [];
  let at = 0;
  /** @returns {unknown} */
  const read = () => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token !== '(') return token;
    /** @type {unknown[]} */
    const list = [];
    while (tokens[at] !== ')') {
      if (at >= tokens.length) throw new Error('a bracket is not closed');
      list.push(read());
    }
    at += 1;
    return list;
  };
  return read();
}

/** @param {readonly unknown[]} nodes @param {string} word */
function field(nodes, word) {
  return listOf(lists(nodes, word)[0]);
}

/** @param {readonly unknown[]} nodes @param {string} word @returns {(readonly unknown[])[]} */
function lists(nodes, word) {
  return nodes.filter((node) => Array.isArray(node)).filter((list) => list[0] === word);
}

/** @param {unknown} node @returns {readonly unknown[]} */
function listOf(node) {
  if (!Array.isArray(node)) throw new Error(`no list: ${String(node)}`);
  return node;
}

/** @param {unknown} node */
function wordOf(node) {
  if (typeof node !== 'string') throw new Error('no word');
  return node;
}

/** @param {unknown} node @param {readonly string[]} names */
function placeOf(node, names) {
  const place = names.indexOf(wordOf(node));
  if (place === -1) throw new Error(`unknown name ${wordOf(node)}`);
  return place;
}

/** @param {unknown} node */
function typeOf(node) {
  const type = types[wordOf(node)];
  if (type === undefined) throw new Error(`unknown type ${wordOf(node)}`);
  return type;
}

/** @param {string} quoted */
function name(quoted) {
  const bytes = [...Buffer.from(quoted.slice(1, -1))];
  return [...unsigned(bytes.length), ...bytes];
}

/** @param {readonly (readonly number[])[]} items */
function vector(items) {
  return [...unsigned(items.length), ...items.flat()];
}

/** @param {number} id @param {readonly (readonly number[])[]} items */
function section(id, items) {
  const bytes = vector(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

/** LEB128. @param {number} value */
function unsigned(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** @param {number} value */
function signed(value) {
  const bytes = [];
  let rest = value;
  for (; rest < -0x40 || rest > 0x3f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}

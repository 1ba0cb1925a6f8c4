// The two lint rules that this repository needs and no package has.
import { builtinModules } from 'node:module';
import path from 'node:path';
import { worlds } from './worlds.mjs';

const builtins = new Set(builtinModules);

/**
 * The world (folder of src/) a file belongs to.
 * @param {string} root
 * @param {string} file
 */
function worldOf(root, file) {
  const parts = path.relative(path.join(root, 'src'), file).split(path.sep);
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : undefined;
}

/**
 * Why `specifier` must not be imported from `file`; undefined when it may.
 * @param {string} root
 * @param {string} file
 * @param {string} specifier
 */
export function fenceProblem(root, file, specifier) {
  const name = worldOf(root, file);
  const world = name === undefined ? undefined : worlds[name];
  if (world === undefined) return undefined;
  if (specifier.startsWith('.')) {
    const target = path.resolve(path.dirname(file), specifier);
    const other = worldOf(root, target);
    if (other === name || (other !== undefined && world.may.includes(other))) return undefined;
    const place = path.relative(root, target).split(path.sep).join('/');
    return `src/${name} must not import ${place}. ${world.advice}`;
  }
  if (specifier === 'vscode') {
    return world.vscode ? undefined : `src/${name} must not import vscode. ${world.advice}`;
  }
  if (specifier.startsWith('node:') || builtins.has(specifier)) {
    return world.node ? undefined : `src/${name} must not import ${specifier}. ${world.advice}`;
  }
  return world.packages
    ? undefined
    : `src/${name} must not import the package ${specifier}. ${world.advice}`;
}

/** @type {import('eslint').Rule.RuleModule} */
const fences = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'imports follow the arrows of build/worlds.mjs' },
  },
  create(context) {
    /** @param {import('estree').Node | null | undefined} source */
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = fenceProblem(context.cwd, context.filename, source.value);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      /** @param {any} node `import('x').Y` as a type */
      TSImportType: (node) => check(node.source ?? node.argument?.literal ?? node.argument),
    };
  },
};

/** @type {import('eslint').Rule.RuleModule} */
const kebabCase = {
  meta: {
    type: 'suggestion',
    schema: [],
    docs: { description: 'file names are lower case words joined by hyphens' },
  },
  create(context) {
    return {
      Program(node) {
        const base = path.basename(context.filename);
        if (isKebabCase(base)) return;
        context.report({ node, message: `Name the file in kebab-case, not "${base}".` });
      },
    };
  },
};

/**
 * Whether a file name is lower case words joined by hyphens, with any extensions.
 * @param {string} base
 */
export function isKebabCase(base) {
  return /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(base);
}

/** The plug-in object of eslint.config.mjs. */
export const house = { rules: { fences, 'kebab-case': kebabCase } };

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

describe('what stands in for a package in the bundles', () => {
  it('has all that is taken from yaml', () => {
    const shim = createRequire(import.meta.url)('../../build/shims/yaml.cjs') as object;
    const missing: string[] = [];
    let imports = 0;
    for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(path.join('src', file), 'utf8');
      for (const [, names = ''] of text.matchAll(/^import \{([^}]*)\} from 'yaml';$/gm)) {
        imports += 1;
        const values = names.split(',').filter((name) => !/^\s*(type\b|$)/.test(name));
        missing.push(...values.map((name) => name.trim()).filter((name) => !(name in shim)));
      }
    }
    assert.ok(imports > 2);
    assert.deepEqual(missing, []);
  });
});

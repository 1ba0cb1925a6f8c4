import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commandIds,
  contextKeys,
  dashboardViewType,
  extensionId,
  prefix,
  settingIds,
  viewIds,
} from '../../../src/extension/ids.ts';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string }[]>
    >;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when: string;
    }[];
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly scope?: string; readonly default: unknown }>
      >;
    }[];
  };
}

const read = (file: string): string =>
  readFileSync(`${import.meta.dirname}/../../../${file}`, 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const known: ReadonlySet<string> = new Set(Object.values(commandIds));

describe('package.json', () => {
  it('has the id of the extension', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  });

  it('contributes exactly the commands of ids.ts', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...known].sort());
  });

  it('contributes exactly the views and settings of ids.ts', () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), Object.values(viewIds).sort());
    const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    const expected = Object.values(settingIds).map((id) => `${prefix}.${id}`);
    assert.deepEqual(settings.sort(), expected.sort());
  });

  it('puts only known commands into menus and welcome texts', () => {
    const inMenus = Object.values(contributes.menus)
      .flat()
      .map(({ command }) => command);
    const welcome = Object.values(texts).join('\n');
    const inLinks = [...welcome.matchAll(/\(command:(agentExecutor\.\w+)\)/g)].map(([, id]) => id!);
    assert.deepEqual(
      [...inMenus, ...inLinks].filter((id) => !known.has(id)),
      [],
    );
  });

  it('asks only for context keys that are set', () => {
    const clauses = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ when }) => when ?? ''),
      ...contributes.viewsWelcome.map(({ when }) => when),
    ].join('\n');
    const keys: ReadonlySet<string> = new Set([
      ...Object.values(contextKeys),
      ...Object.values(viewIds),
      dashboardViewType,
    ]);
    const used = clauses.match(/agentExecutor\.\w+/g) ?? [];
    assert.deepEqual(
      used.filter((key) => !keys.has(key)),
      [],
    );
  });

  it('keeps commands that run something from untrusted workspaces', () => {
    const running = ['runWorkflow', 'runWithInputs', 'retry', 'resume', 'runAgain'] as const;
    for (const name of running) {
      const command = contributes.commands.find((one) => one.command === commandIds[name]);
      assert.equal(command?.enablement, 'isWorkspaceTrusted', name);
    }
  });

  it('keeps settings that decide what runs from untrusted workspaces', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const id of ['workflowsFolder', 'stateFolder', 'fallbackWorkflow', 'autoResume']) {
      assert.ok(restricted.includes(`${prefix}.${id}`), id);
    }
  });

  it('has a text for every key, and no text without one', () => {
    const used = new Set(
      [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!),
    );
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { COMMANDS, CONTEXT_KEYS, VIEWS } from '../../../src/editor/contributions.ts';

const root = new URL('../../../', import.meta.url);
const read = async (path: string): Promise<string> => await readFile(new URL(path, root), 'utf8');
const strings = z.record(z.string(), z.string());
const manifestSchema = z.looseObject({
  contributes: z.looseObject({
    commands: z.array(z.looseObject({ command: z.string(), title: z.string(), category: z.string() })),
    views: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))),
    menus: z.record(z.string(), z.array(z.looseObject({ command: z.string(), when: z.string().optional() }))),
    configuration: z.looseObject({ properties: z.record(z.string(), z.looseObject({ scope: z.string() })) }),
  }),
});
const manifestText = await read('package.json');
const { contributes } = manifestSchema.parse(JSON.parse(manifestText));

describe('what package.json contributes', () => {
  it('is the commands and views the code knows', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...COMMANDS].sort());
    expect(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id))).toEqual([...VIEWS]);
  });

  it('stands under one category', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['OmniRoute']));
  });

  it('names only commands there are in its menus, and no context key that nobody sets', () => {
    const used = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
    expect(used.filter((command) => !COMMANDS.some((known) => known === command))).toEqual([]);
    const keys = [...manifestText.matchAll(/"(?:when|enablement)": "([^"]*)"/g)].flatMap(
      ([, when]) => when?.match(/\bomniroute\.\w+/g) ?? [],
    );
    const known: string[] = [...CONTEXT_KEYS, ...VIEWS];
    expect([...new Set(keys)].filter((key) => !known.includes(key))).toEqual([]);
  });

  it('keeps settings that matter out of the reach of workspaces', () => {
    for (const property of Object.values(contributes.configuration.properties)) expect(property.scope).toBe('machine');
  });

  it('has each of its texts in English and Spanish, with the same commands linked, and no other', async () => {
    const english = strings.parse(JSON.parse(await read('package.nls.json')));
    const spanish = strings.parse(JSON.parse(await read('package.nls.es.json')));
    const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].flatMap(([, key]) => key ?? []));
    expect(Object.keys(english).sort()).toEqual([...used].sort());
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
    const links = (text: string | undefined): string[] => [...(text ?? '').matchAll(/\(command:[\w.]+\)/g)].map(([link]) => link);
    for (const [key, text] of Object.entries(english)) expect(links(spanish[key]), key).toEqual(links(text));
  });
});

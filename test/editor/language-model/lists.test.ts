import { describe, expect, it } from 'vitest';
import type { AccountView, ModelView } from '../../../src/editor/admin/api.ts';
import { informationOf, limitsOf, sameList } from '../../../src/editor/language-model/information.ts';
import { choicesOf } from '../../../src/editor/language-model/model-choices.ts';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { FIRST, listedModels } from '../../../src/editor/model-list/listed.ts';
import { patternsFor } from '../../../src/editor/model-list/setting.ts';
import { account as anyAccount, model as anyModel, snapshot as anySnapshot } from '../snapshots.ts';

const model = (name: string, rest: Partial<ModelView> = {}): ModelView =>
  anyModel(name, {
    title: name.split('/').at(-1) ?? name,
    providers: [{ id: 'groq', name: 'Groq' }],
    accounts: ['a1'],
    tier: 'free',
    ...rest,
  });
const account = (id: string, rest: Partial<AccountView> = {}): AccountView =>
  anyAccount(`Account ${id}`, { id, provider: 'groq', ...rest });
const auto = model('auto', { kind: 'auto', accounts: ['a1', 'a2'] });
const best = model('best', { kind: 'combo', targets: ['groq/openai/gpt-oss', 'or/m1'] });
const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);
const snapshot = (models: ModelView[], rest: Partial<Snapshot> = {}): Snapshot =>
  anySnapshot({ link: { is: 'connecting' }, accounts: [account('a1'), account('a2')], models, ...rest });

describe('the models that are listed', () => {
  it('are all of a small account, auto and combos first', () => {
    expect(names(listedModels([model('groq/a'), best, auto], [], []))).toEqual(['auto', 'best', 'groq/a']);
  });

  it('are those no pattern hides, and those a pattern with ! wants', () => {
    const models = [auto, model('groq/a'), model('groq/b'), model('or/c')];
    expect(names(listedModels(models, [], ['groq/*', '!groq/b']))).toEqual(['auto', 'groq/b', 'or/c']);
  });

  it('are of an account with thousands the preferred one and the first: the picker stays usable', () => {
    const many = Array.from({ length: 6000 }, (_, at) => model(`or/m${at}`, { accounts: ['a2'] }));
    const accounts = [account('a1'), account('a2', { models: { preferred: 'm5000' } })];
    const listed = names(listedModels([auto, best, model('groq/a'), ...many], accounts, ['!or/m3000']));
    expect(listed).toHaveLength(3 + FIRST + 2);
    expect(listed).toEqual(expect.arrayContaining(['auto', 'best', 'groq/a', 'or/m0', 'or/m5000', 'or/m3000']));
  });

  it('are not what by its name does not chat, nor what the editor offers itself, unless somebody wants it', () => {
    const others = [
      'openai/text-embedding-3-large',
      'groq/whisper-large-v3',
      'openai/gpt-4o-mini-tts',
      'cohere/rerank-v4',
      'openai/dall-e-3',
    ];
    const chat = ['openai/gpt-5.4', 'x/flexible-1', 'x/attscale', 'mistral/voxtral-small'];
    const copilot = model('gh/gpt-5-mini', { providers: [{ id: 'vscode-copilot', name: 'GitHub Copilot' }], accounts: ['c'] });
    const models = [...[...others, ...chat].map((name) => model(name)), copilot];
    expect(names(listedModels(models, [], []))).toEqual(chat);
    expect(names(listedModels(models, [], ['!gh/*', '!*whisper*']))).toEqual(['groq/whisper-large-v3', ...chat, 'gh/gpt-5-mini']);
  });
});

describe('the setting that a choice needs', () => {
  const many = Array.from({ length: 100 }, (_, at) => model(`or/m${at}`, { accounts: ['a2'] }));
  const models = [auto, best, model('groq/a'), model('groq/b'), model('groq/c'), ...many];
  const settingFor = (chosen: string[], before: string[] = []): string[] => patternsFor(new Set(chosen), models, [], before);

  it.each([
    ['everything that is there by itself', names(listedModels(models, [], [])), []],
    ['not one', names(listedModels(models, [], [])).filter((name) => name !== 'groq/b'), ['groq/b']],
    ['nothing of a prefix', names(listedModels(models, [], [])).filter((name) => !name.startsWith('groq/')), ['groq/*']],
    ['one more of many', [...names(listedModels(models, [], [])), 'or/m77'], ['!or/m77']],
  ])('to list %s', (_what, chosen, patterns) => {
    expect(settingFor(chosen)).toEqual(patterns);
    expect(new Set(names(listedModels(models, [], settingFor(chosen))))).toEqual(new Set(chosen));
  });

  it('keeps patterns of models that nobody knows now', () => {
    expect(settingFor(names(listedModels(models, [], [])), ['gone/*', 'groq/b', '!away/x'])).toEqual(['gone/*', '!away/x']);
  });

  it('lists what nothing lists by itself, for all choices of a mixed set', () => {
    const chosen = ['auto', 'groq/a', 'or/m3', 'or/m90', 'or/m91'];
    expect(new Set(names(listedModels(models, [], settingFor(chosen))))).toEqual(new Set(chosen));
  });
});

describe('what the editor is told of a model', () => {
  it('has real sizes, and says what is known', () => {
    const known = model('groq/openai/gpt-oss-120b:free', {
      contextWindow: 400_000,
      maxOutput: 128_000,
      vision: true,
      tools: true,
      reasoning: true,
    });
    const [told] = informationOf(snapshot([known]), [], 0);
    expect(told).toMatchObject({
      id: 'groq/openai/gpt-oss-120b:free',
      family: 'gpt-oss-120b',
      maxInputTokens: 272_000,
      maxOutputTokens: 128_000,
      capabilities: { imageInput: true, toolCalling: true },
    });
    expect(told?.configurationSchema).toBeDefined();
  });

  it('takes tools for granted, images not, and a combo for its first target', () => {
    const told = informationOf(snapshot([model('groq/openai/gpt-oss'), best]), [], 0);
    expect(told[0]).toMatchObject({ id: 'best', family: 'gpt-oss', capabilities: { imageInput: false, toolCalling: true } });
  });

  it('goes by its name for people, and by its whole name where several have the same', () => {
    const models = [
      model('a/m', { title: 'M' }),
      model('b/m', { title: 'M' }),
      model('b/n', { title: 'N' }),
      model('auto/fast', { kind: 'auto' }),
    ];
    const told = informationOf(snapshot(models), [], 0);
    expect(names(told)).toEqual(['auto/fast', 'a/m', 'b/m', 'N']);
    expect(told[0]?.family).toBe('auto');
  });

  it('leaves room for the prompt whatever the sizes', () => {
    for (const contextWindow of [null, 2048, 8192, 128_000, 1_000_000]) {
      for (const maxOutput of [null, 1024, 8192, 128_000, 2_000_000]) {
        const { maxInputTokens, maxOutputTokens } = limitsOf({ contextWindow, maxOutput });
        expect(maxInputTokens).toBeGreaterThanOrEqual((contextWindow ?? 128_000) / 2);
        expect(maxInputTokens + maxOutputTokens).toBe(contextWindow ?? 128_000);
      }
    }
  });

  it('is another list when a model comes, not when a figure of the tooltip moves', () => {
    const models = [model('groq/a', { price: { input: 1, output: 2 } })];
    const told = informationOf(snapshot(models), [], 0);
    expect(told[0]?.tooltip).toContain('$1');
    expect(
      sameList(
        told,
        told.map((entry) => ({ ...entry, tooltip: 'other' })),
      ),
    ).toBe(true);
    expect(sameList(told, informationOf(snapshot([...models, best]), [], 0))).toBe(false);
  });
});

describe('the list to choose from', () => {
  it('has what is the user’s own first, then each account’s models under its name', () => {
    const models = [model('groq/a'), model('or/b', { accounts: ['a2'] }), best, auto];
    const groups = choicesOf(models, [account('a1'), account('a2')]);
    expect(groups.map(({ models: inGroup }) => names(inGroup))).toEqual([['auto', 'best'], ['groq/a'], ['or/b']]);
    expect(groups.map(({ group }) => group).slice(1)).toEqual(['Account a1', 'Account a2']);
  });
});

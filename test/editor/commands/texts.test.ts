import { describe, expect, it } from 'vitest';
import type { AccountView, ModelView } from '../../../src/editor/admin/api.ts';
import {
  readCount,
  readPatterns,
  readPercent,
  readPrefix,
  readPriority,
  readProxy,
} from '../../../src/editor/commands/account/field-values.ts';
import { fieldsOf } from '../../../src/editor/commands/account/fields.ts';
import { combosLeftWithout } from '../../../src/editor/commands/account/remove.ts';
import { testText } from '../../../src/editor/commands/account/result-text.ts';
import { baseUrlProblem } from '../../../src/editor/commands/add-provider/address-text.ts';
import { modelItem, modelsOf } from '../../../src/editor/commands/add-provider/choose-model.ts';
import { envKeyOf, importable, keyHint } from '../../../src/editor/commands/add-provider/env-keys.ts';
import { cleanKey, keyProblem } from '../../../src/editor/commands/add-provider/key-text.ts';
import { firstPriority } from '../../../src/editor/commands/add-provider/next-steps.ts';
import { providerItems } from '../../../src/editor/commands/add-provider/provider-items.ts';
import { termsOf } from '../../../src/editor/commands/add-provider/provider-texts.ts';
import { providerById, providers } from '../../../src/providers/catalogue.ts';

const open = async (): Promise<void> => {};
const account = (fields: Partial<AccountView>): AccountView => ({
  id: 'a1',
  provider: 'groq',
  name: 'groq',
  prefix: 'groq',
  priority: 1,
  enabled: true,
  proxy: null,
  health: [],
  ...fields,
});

describe('the list of providers', () => {
  const items = providerItems(providers, { GROQ_API_KEY: 'gsk_0123456789abcdef' }, [], open);
  const lines = items.map((item) => ('separator' in item ? `--- ${item.separator}` : item.label));

  it('has every provider of the catalogue once, but the demo', () => {
    const labels = items.flatMap((item) => ('separator' in item ? [] : [item.value.id]));
    expect(labels.sort()).toEqual(
      providers
        .filter(({ offline }) => !offline)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('puts keys that are there already first, then groups by tier, the custom endpoints last', () => {
    expect(lines.filter((line) => line.startsWith('---'))).toEqual([
      '--- Key found in the environment',
      '--- Subscriptions',
      '--- Paid by use, with an API key',
      '--- Cheap',
      '--- Free',
      '--- On this computer',
      '--- Custom endpoint',
    ]);
    expect(lines[1]).toBe('Groq');
    expect(lines.at(-1)).toContain('Ollama-compatible');
  });

  it('shows a shield and the notice exactly where the terms want a word', () => {
    for (const item of items) {
      if ('separator' in item) continue;
      const wants = termsOf(item.value) !== 'nothing';
      expect([
        item.value.id,
        item.icon === 'shield',
        item.value.terms.notice === undefined || item.detail?.includes(item.value.terms.notice),
      ]).toEqual([item.value.id, wants, true]);
    }
  });

  it('is found by id and alias, says what it costs and where keys come from', () => {
    const glm = items.find((item) => !('separator' in item) && item.value.id === 'glm');
    expect(glm).toMatchObject({
      description: 'glm · zai · zai coding plan · zhipu',
      detail: expect.stringMatching(/^Cheap · Needs an API key, from z\.ai · /),
    });
    const ollama = items.find((item) => !('separator' in item) && item.value.id === 'ollama-local');
    expect(ollama).toMatchObject({ icon: 'vm', detail: 'Free, on this computer · Works without a key' });
  });

  it('moves a provider out of the first group once it has an account', () => {
    const after = providerItems(providers, { GROQ_API_KEY: 'gsk_0123456789abcdef' }, [account({})], open);
    expect(after[0]).toEqual({ separator: 'Subscriptions' });
    expect(after.find((item) => !('separator' in item) && item.value.id === 'groq')).toMatchObject({
      description: expect.stringContaining('connected'),
    });
  });
});

describe('a key as it was pasted', () => {
  it.each([
    ['  sk-abcdefgh  ', 'sk-abcdefgh'],
    ['"sk-abcdefgh"', 'sk-abcdefgh'],
    ["'Bearer sk-abcdefgh'", 'sk-abcdefgh'],
    ['Authorization: Bearer sk-abcdefgh', 'sk-abcdefgh'],
    ['x-api-key: sk-abcdefgh', 'sk-abcdefgh'],
    ['export GROQ_API_KEY="gsk_abcdefgh"', 'gsk_abcdefgh'],
    ['sk-ends-in-equals==', 'sk-ends-in-equals=='],
    ['{"type": "service_account"}', '{"type": "service_account"}'],
  ])('%j is %j', (pasted, key) => expect(cleanKey(pasted)).toBe(key));

  it.each([
    ['', 'error'],
    ['sk-one\nsk-two', 'error'],
    ['sk-schlüssel-1', 'error'],
    ['{"type":"service_account"}', 'error'],
    ['https://example.com/keys', 'warning'],
    ['two words', 'warning'],
    ['sk-1', 'warning'],
    ['sk-0123456789', undefined],
  ])('%j: %s', (text, severity) => {
    const problem = keyProblem(text, { optional: false, serviceAccount: false });
    expect(problem?.severity).toBe(severity);
    if (text !== '') expect(problem?.message ?? '').not.toContain(text);
  });

  it('may be a key file where the provider takes one, and nothing where it needs none', () => {
    expect(keyProblem('{"type":"service_account"}', { optional: false, serviceAccount: true })).toBeUndefined();
    expect(keyProblem('{"type":', { optional: false, serviceAccount: true })?.severity).toBe('error');
    expect(keyProblem(' ', { optional: true, serviceAccount: false })).toBeUndefined();
  });
});

describe('keys in the environment', () => {
  it('are found by the catalogue’s names, the first that is set, and hinted at by four characters at most', () => {
    expect(envKeyOf({ env: ['A', 'B'] }, { A: '  ', B: 'sk-0123456789abcdef' })).toEqual({ variable: 'B', hint: '…cdef' });
    expect(keyHint('short-key')).toBe('…');
    expect(keyHint('{"type":"service_account","private_key":"…"}')).toBe('…');
  });

  it('are left out when an account uses them', () => {
    const environment = { GROQ_API_KEY: 'gsk_0123456789abcdef', ZAI_API_KEY: 'zai-0123456789abcdef' };
    expect(importable(providers, environment, []).map(({ provider }) => provider.id)).toEqual(['groq', 'glm', 'glm-general']);
    const used = [account({ credential: { kind: 'env', name: 'ZAI_API_KEY' } })];
    expect(importable(providers, environment, used).map(({ provider }) => provider.id)).toEqual(['groq']);
  });
});

describe('what is typed into fields', () => {
  it.each([
    ['https://llm.example.com/v1', undefined],
    ['http://localhost:8000', undefined],
    ['http://192.168.1.5:1234/v1', undefined],
    ['http://llm.example.com/v1', 'warning'],
    ['https://user:pass@llm.example.com', 'error'],
    ['llm.example.com', 'error'],
    ['file:///etc/passwd', 'error'],
    ['', 'error'],
  ])('address %j: %s', (text, severity) => expect(baseUrlProblem(text)?.severity).toBe(severity));

  it('is read as the gateway will read it', () => {
    expect([readCount('30'), readCount(''), readCount('0').ok, readCount('1.5').ok, readCount('x').ok]).toEqual([
      { ok: true, value: 30 },
      { ok: true, value: null },
      false,
      false,
      false,
    ]);
    expect([readPriority('-2'), readPriority('').ok]).toEqual([{ ok: true, value: -2 }, false]);
    expect([readPercent('12,5 %'), readPercent('101').ok]).toEqual([{ ok: true, value: 12.5 }, false]);
    expect(readPatterns(' a*, ,b ')).toEqual({ ok: true, value: ['a*', 'b'] });
    expect([readPrefix('a b').ok, readPrefix('')]).toEqual([false, { ok: true, value: null }]);
    expect([readProxy('socks5://127.0.0.1:1080').ok, readProxy('ftp://x').ok]).toEqual([true, false]);
  });

  it('has a field for what the provider wants beside the key', () => {
    const azure = providerById('azure');
    expect(fieldsOf(account({ provider: 'azure' }), azure, []).map(({ id }) => id)).toContain('parameters.resource');
    const openai = fieldsOf(account({ provider: 'openai' }), providerById('openai'), []);
    expect(openai.find(({ id }) => id === 'parameters.organization')?.patch(' ')).toEqual({ parameters: { organization: null } });
  });
});

describe('what came of it', () => {
  it('says what a test found', () => {
    expect(testText('G', { ok: true, ms: 212, proof: 'models', models: 1204 })).toEqual({
      kind: 'info',
      message: 'G works: it lists 1,204 models, after 212 ms.',
    });
    expect(testText('G', { ok: true, ms: 1, proof: 'none' }).message).toContain('nothing that could be tested');
    const error = { message: 'No.', code: 'x', class: 'auth' };
    expect(testText('G', { ok: false, ms: 1, refused: true, error })).toEqual({
      kind: 'error',
      message: 'G refuses the key of this account: No.',
    });
    expect(testText('G', { ok: false, ms: 1, refused: false, error }).kind).toBe('warning');
  });

  it('counts combos that would lose their last account', () => {
    const combos = [
      { name: 'best', targets: ['groq/a', 'x/b'] },
      { name: 'rest', targets: ['groqq/a'] },
    ];
    expect(combosLeftWithout(account({}), [account({})], combos)).toEqual(['best']);
    expect(combosLeftWithout(account({}), [account({}), account({ id: 'a2' })], combos)).toEqual([]);
  });

  it('puts an account before the others, unless it is there already', () => {
    expect(firstPriority(account({ id: 'n' }), [account({ priority: 3 })])).toBeUndefined();
    expect(firstPriority(account({ id: 'n' }), [])).toBeUndefined();
    expect(firstPriority(account({ id: 'n' }), [account({ priority: 1 }), account({ id: 'x', priority: -5, enabled: false })])).toBe(0);
  });

  it('lists an account’s models, those first that chat with tools', () => {
    const model = (name: string, fields: Partial<ModelView> = {}): ModelView => ({
      name,
      title: name,
      kind: 'model',
      providers: [],
      accounts: ['a1'],
      tier: 'free',
      contextWindow: 131072,
      maxOutput: null,
      tools: null,
      vision: null,
      reasoning: null,
      price: { input: 0.15, output: 0.6 },
      ...fields,
    });
    const models = [
      model('groq/whisper-large'),
      model('groq/x', { tools: false }),
      model('groq/openai/gpt', { title: 'GPT' }),
      model('y/z', { accounts: ['a2'] }),
    ];
    const own = modelsOf(account({}), models);
    expect(own.map(({ id }) => id)).toEqual(['openai/gpt', 'whisper-large', 'x']);
    expect(own.slice(0, 1).map(modelItem)).toMatchObject([
      { label: 'openai/gpt', description: 'GPT', detail: '128 K tokens of context · $0.15 in, $0.60 out per million tokens' },
    ]);
  });
});

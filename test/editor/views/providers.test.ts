import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { BudgetEntry } from '../../../src/editor/admin/api.ts';
import { blockIcon } from '../../../src/editor/views/block-words.ts';
import { newPriorities, placeBefore } from '../../../src/editor/views/providers/move-accounts.ts';
import { providerNodes } from '../../../src/editor/views/providers/nodes.ts';
import type { ViewNode } from '../../../src/editor/views/tree/node.ts';
import type { BlockReason } from '../../../src/routing/block.ts';
import { account, blocked, HOUR, MINUTE, model, NOON, quota, row, snapshot } from '../snapshots.ts';

const facts = (provider: string) =>
  provider === 'groq'
    ? { name: 'Groq', keyUrl: 'https://console.groq.com/keys', notice: 'Be kind.', baseUrl: 'https://api.groq.com/openai/v1' }
    : undefined;
const nodes = (change: Parameters<typeof snapshot>[0], hidden: string[] = []): ViewNode[] =>
  providerNodes(snapshot(change), NOON, hidden, facts);
const one = (change: Parameters<typeof snapshot>[0]): ViewNode | undefined => nodes(change)[0];

describe('the providers tree', () => {
  it('lists accounts by tier in the order of the fall-back, within one by priority; a single tier needs no heading', () => {
    const accounts = [
      account('c', { tier: 'free' }),
      account('b', { tier: 'subscription', priority: 2 }),
      account('a', { tier: 'subscription', priority: 1 }),
    ];
    expect(nodes({ accounts }).map(({ label, children }) => [label, children?.map((child) => child.label)])).toEqual([
      ['Subscriptions', ['a', 'b']],
      ['Free', ['c']],
    ]);
    expect(nodes({ accounts: accounts.slice(1) }).map(({ label }) => label)).toEqual(['a', 'b']);
  });

  it('is empty while only the demo is there: words of welcome take its place', () => {
    expect(nodes({ accounts: [account('demo')] })).toEqual([]);
    expect(nodes({ accounts: [account('demo'), account('groq')] }).map(({ contextValue }) => contextValue)).toContain('demo');
  });

  it.each<[BlockReason, string]>([
    ['rate', 'cooling until 14:05'],
    ['quota', 'quota used up until 14:05'],
    ['billing', 'not paid for, asked again at 14:05'],
  ])('an account held back for %s says so and until when', (reason, words) => {
    const node = one({ accounts: [account('groq')], health: [blocked('groq', reason, NOON + 125 * MINUTE)] });
    expect(node?.description).toBe(words);
    expect(node?.spoken).toContain(words);
    expect(node?.icon).toEqual(blockIcon({ reason, scope: 'account', detail: '' }));
  });

  it('a block that is over by the clock is over in the tree, whatever was last read', () => {
    expect(one({ accounts: [account('groq')], health: [blocked('groq', 'rate', NOON - 1)] })?.description).toBe('');
  });

  it('each state has an icon of its own shape', () => {
    const shapes = (['auth', 'billing', 'quota', 'budget', 'breaker', 'rate'] as const).map(
      (reason) => blockIcon({ reason, scope: 'account', detail: '' }).id,
    );
    expect(new Set([...shapes, 'pass', 'circle-slash']).size).toBe(shapes.length + 2);
  });

  it('a provider’s breaker counts for the accounts of its host only', () => {
    const breaker = {
      scope: 'provider' as const,
      id: 'openai-compatible one.example:8080',
      failures: 5,
      block: { reason: 'breaker' as const, scope: 'provider' as const, until: NOON + MINUTE, detail: 'd' },
    };
    const at = (name: string, host: string) => account(name, { provider: 'openai-compatible', baseUrl: `http://${host}/v1` });
    const found = nodes({ accounts: [at('a', 'one.example:8080'), at('b', 'two.example')], health: [breaker] });
    expect(found.map(({ description }) => description)).toEqual(['provider fails, asked again at 12:01', '']);
  });

  it('tells the fullest window and what was used today; what it cost only when that is known', () => {
    const accounts = [account('groq')];
    const used = [quota('groq', { usedPercent: 12, label: 'week' }, { usedPercent: 62, label: '5 hours' })];
    const today = (cost: number | null) => new Map([['groq', row({ requests: 3, cost })]]);
    expect(one({ accounts, quota: used, todayByAccount: today(0.12) })?.description).toBe('62 % of 5 hours used · 3 today, $0.12');
    expect(one({ accounts, todayByAccount: today(null) })?.description).toBe('3 today');
  });

  it('a hard budget that is reached holds back the accounts it is about', () => {
    const budget: BudgetEntry = {
      name: 'account groq, day',
      period: 'day',
      mode: 'hard',
      resetsAt: NOON + HOUR,
      amounts: [],
      state: 'reached',
    };
    const described = (name: string, mode: 'hard' | 'soft' = 'hard') =>
      one({ accounts: [account('groq')], budgets: [{ ...budget, name, mode }] })?.description;
    expect(described('account groq, day')).toBe('budget reached until 13:00');
    expect(described('everything, day')).toBe('budget reached until 13:00');
    expect(described('key laptop, account groq, day')).toBe('');
    expect(described('account groq, day', 'soft')).toBe('');
  });

  it('has the flags that the menus ask for', () => {
    const flags = (change: Parameters<typeof account>[1], health = [] as ReturnType<typeof blocked>[]) =>
      one({ accounts: [account('groq', change)], health })?.contextValue;
    expect(flags({ credential: { kind: 'vault' } })).toBe('account.enabled.vault.keypage');
    expect(flags({ enabled: false, credential: { kind: 'env', name: 'K' } })).toBe('account.disabled.env.keypage');
    expect(flags({ provider: 'ollama' }, [blocked('groq', 'rate', NOON + HOUR)])).toBe('account.enabled.nokey.blocked');
  });

  it('the tooltip says where the key is and what the terms say', () => {
    const tooltip = one({ accounts: [account('groq', { prefix: 'groq', credential: { kind: 'env', name: 'GROQ_API_KEY' } })] })?.tooltip;
    expect(tooltip).toContain('the environment variable GROQ\\_API\\_KEY');
    expect(tooltip).toContain('`groq/…`');
    expect(tooltip).toContain('Be kind.');
  });

  it('names cannot smuggle links or icons into a tooltip', () => {
    const tooltip = one({ accounts: [account('[x](command:evil) $(bug) | y')] })?.tooltip ?? '';
    expect(tooltip).not.toMatch(/(?<!\\)\[x|(?<!\\)\$\(|[^\\]\| y/);
  });

  it('shows a model’s name below its account without the prefix, what it can, and whether it is hidden', () => {
    const models = [model('groq/openai/gpt-oss', { accounts: ['groq-id'], contextWindow: 131_072, tools: true, vision: false })];
    const children = nodes({ accounts: [account('groq', { prefix: 'groq' })], models }, ['groq/*'])[0]?.children;
    expect(children).toMatchObject([
      { label: 'openai/gpt-oss', description: '128 K · tools · hidden in Copilot Chat', contextValue: 'model.hidden' },
    ]);
  });
});

describe('moving accounts', () => {
  const tier = (...priorities: number[]) => priorities.map((priority, index) => ({ id: 'abcd'.charAt(index), priority }));
  const after = (list: ReturnType<typeof tier>, moved: string, before: string | undefined): string => {
    const changes = newPriorities(list, moved, before);
    return list
      .map(({ id, priority }) => ({ id, priority: changes.get(id) ?? priority }))
      .sort((x, y) => x.priority - y.priority)
      .map(({ id, priority }) => `${id}${priority}`)
      .join(' ');
  };
  it.each([
    ['equal ones: only the moved one changes where that will do', tier(1, 1, 1), 'a', undefined, 'b1 c1 a2'],
    ['to the top', tier(1, 1, 1), 'c', 'a', 'c0 a1 b1'],
    ['between equals, who then are none', tier(1, 1, 1), 'c', 'b', 'a1 c2 b3'],
    ['into a gap', tier(10, 20, 30), 'c', 'b', 'a10 c11 b20'],
    ['onto itself', tier(1, 2), 'a', 'a', 'a1 b2'],
    ['those below go on sharing a priority', tier(1, 2, 2, 3), 'd', 'b', 'a1 d2 b3 c3'],
  ])('%s', (_, list, moved, before, expected) => expect(after(list, moved, before)).toBe(expected));

  it('dropped from above it takes the place from below', () => {
    expect([placeBefore(tier(1, 2, 3), 'a', 'b'), placeBefore(tier(1, 2, 3), 'a', 'c'), placeBefore(tier(1, 2, 3), 'c', 'a')]).toEqual([
      'c',
      undefined,
      'a',
    ]);
  });
});

it('every icon is one that VS Code has', async () => {
  const root = new URL('../../../', import.meta.url);
  const known = new Set(
    (await readFile(new URL('node_modules/@vscode/codicons/dist/codicon.csv', root), 'utf8')).split('\n').map((line) => line.split(',')[0]),
  );
  const files = [
    'block-words',
    'providers/account-node',
    'providers/model-node',
    'combos/nodes',
    'combos/target-node',
    'quota/window-node',
    'quota/budget-node',
    'requests/nodes',
  ];
  for (const file of files) {
    const text = await readFile(new URL(`src/editor/views/${file}.ts`, root), 'utf8');
    for (const [, icon] of text.matchAll(/\{ id: '([a-z-]+)(?:~spin)?'/g)) expect(known, `${file}: ${icon}`).toContain(icon);
  }
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import type { ComboDesk } from '../../../src/editor/commands/combo/desk.ts';
import {
  addTargets,
  moveTarget,
  removeCombo,
  removeTargets,
  renameCombo,
  switchCombo,
} from '../../../src/editor/commands/combo/edit-combo.ts';
import { explainCombo } from '../../../src/editor/commands/combo/explain-combo.ts';
import { newCombo } from '../../../src/editor/commands/combo/new-combo.ts';
import { testCombo } from '../../../src/editor/commands/combo/test-combo.ts';
import { createLive } from '../../../src/editor/live/live.ts';
import type { Live } from '../../../src/editor/live/snapshot.ts';
import { dropModels, dropTargets } from '../../../src/editor/views/combos/arrange.ts';
import { comboNodes } from '../../../src/editor/views/combos/nodes.ts';
import { Pending } from '../../../src/editor/views/pending.ts';
import { providerNodes } from '../../../src/editor/views/providers/nodes.ts';
import { requestNodes } from '../../../src/editor/views/requests/nodes.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../../sdk/house.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { type Act, type ScriptedUi, scriptedUi } from '../commands/scripted-ui.ts';
import { HttpLink } from '../http-link.ts';

const COMPLETION = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
};

let provider: ScriptedProvider;
let gateway: RunningGateway;
let live: Live;
let desk: ComboDesk;
let ui: ScriptedUi;
let pages: string[];

beforeEach(async () => {
  provider = await scriptedProvider();
  const accounts = [accountFor('openai-chat', provider.url), accountFor('openai-chat', provider.url, 1)];
  const combos = [{ name: 'best', targets: ['chat/one', 'chat-1/two', 'demo/echo'] }];
  gateway = await gatewayWith({ ...configFor(accounts), combos });
  const link = new HttpLink();
  link.to(gateway);
  const admin = new AdminClient(link);
  live = createLive(link, admin, { log: { debug: () => {}, warn: () => {} } });
  await live.refresh();
  pages = [];
  const show = async (_: string, text: string): Promise<void> => void pages.push(text);
  desk = { ui: scriptedUi(), admin, live, link, pending: new Pending(), now: () => Date.now(), show };
});

afterEach(async () => {
  ui?.done();
  live.dispose();
  await gateway.close();
  await provider.close();
});

/** The desk with somebody who does this. */
function somebody(...acts: Act[]): ComboDesk {
  ui = scriptedUi(...acts);
  return { ...desk, ui };
}

const best = { kind: 'combo', combo: 'best' } as const;
const target = (at: number, name: string, combo = 'best') => ({ kind: 'target', combo, at, target: name }) as const;
const targets = async (name = 'best'): Promise<string[] | undefined> =>
  (await desk.admin.combos()).find((combo) => combo.name === name)?.targets;

describe('combos by command', () => {
  it('are made of a name that is checked as it is typed, models with what they can, and a strategy in plain words', async () => {
    await newCombo(
      somebody(
        { type: 'a b' },
        { type: 'best' },
        { type: 'auto' },
        { type: 'mine' },
        { choose: ['demo/echo', 'best'] },
        { choose: 'cheapest' },
      ),
    );
    expect(ui.problems.map(({ message }) => message)).toEqual([
      'A name may not hold spaces or slashes.',
      'There is a combo named "best" already.',
      '"auto" is the name of automatic routing.',
    ]);
    expect((await desk.admin.combos()).at(-1)).toMatchObject({ name: 'mine', targets: ['demo/echo', 'best'], strategy: 'cost-optimized' });
    expect(live.snapshot.combos.map(({ name }) => name)).toEqual(['best', 'mine']);
  });

  it('change by one click each: models added, disabled, renamed', async () => {
    await addTargets(somebody({ choose: ['demo/tools'] }), best);
    expect(await targets()).toEqual(['chat/one', 'chat-1/two', 'demo/echo', 'demo/tools']);
    await switchCombo(desk, best, false);
    expect(live.snapshot.combos[0]?.enabled).toBe(false);
    await renameCombo(somebody({ type: 'better' }), best);
    expect(live.snapshot.combos[0]?.name).toBe('better');
  });

  it('ask which one when they come from the palette', async () => {
    await switchCombo(somebody({ choose: 'best' }), undefined, false);
    expect(live.snapshot.combos[0]?.enabled).toBe(false);
  });

  it('are removed after a question; what still needs one is told in the gateway’s words', async () => {
    await desk.admin.saveCombo('outer', { targets: ['best'] });
    await live.refresh('combos');
    await expect(removeCombo(somebody({ press: 'Remove' }), best)).rejects.toMatchObject({ code: 'in_use' });
    await removeCombo(somebody({ press: undefined }), { kind: 'combo', combo: 'outer' });
    expect(await targets('outer')).toEqual(['best']);
    await removeCombo(somebody({ press: 'Remove' }), { kind: 'combo', combo: 'outer' });
    expect(await targets('outer')).toBeUndefined();
  });

  it('keys that repeat faster than they are saved lose no step', async () => {
    const steps = [
      moveTarget(desk, target(2, 'demo/echo'), -1),
      moveTarget(desk, target(2, 'demo/echo'), -1),
      moveTarget(desk, target(2, 'demo/echo'), 1),
    ];
    const drawn = comboNodes(desk.pending.over(live.snapshot), Date.now())[1]?.children?.map(({ label }) => label);
    expect(drawn).toEqual(['chat/one', 'demo/echo', 'chat-1/two']);
    await Promise.all(steps);
    expect(await targets()).toEqual(['chat/one', 'demo/echo', 'chat-1/two']);
    expect(live.snapshot.combos[0]?.targets).toEqual(['chat/one', 'demo/echo', 'chat-1/two']);
  });

  it('several targets go at once; the last one takes the combo with it when the user says so', async () => {
    await removeTargets(desk, [target(0, 'chat/one'), target(2, 'demo/echo')]);
    expect(await targets()).toEqual(['chat-1/two']);
    await removeTargets(somebody({ press: 'Remove' }), [target(0, 'chat-1/two')]);
    expect(await targets()).toBeUndefined();
  });
});

describe('combos by drag and drop', () => {
  it('take targets of others over, and keep the last one of a combo where it was', async () => {
    await desk.admin.saveCombo('other', { targets: ['demo/tools'] });
    await live.refresh('combos');
    await dropTargets(desk, [target(0, 'chat/one')], 'other', target(0, 'demo/tools', 'other'));
    expect([await targets(), await targets('other')]).toEqual([
      ['chat-1/two', 'demo/echo'],
      ['chat/one', 'demo/tools'],
    ]);
    await desk.admin.saveCombo('other', { targets: ['demo/tools'] });
    await live.refresh('combos');
    await dropTargets(desk, [target(0, 'demo/tools', 'other')], 'best');
    expect([await targets(), await targets('other')]).toEqual([['chat-1/two', 'demo/echo', 'demo/tools'], ['demo/tools']]);
  });

  it('a circle is refused in the gateway’s words, and the tree shows what is true again', async () => {
    await desk.admin.saveCombo('outer', { targets: ['best'] });
    await live.refresh('combos');
    await expect(dropModels(desk, ['outer'], 'best')).rejects.toThrow(/circle/);
    expect(desk.pending.over(live.snapshot).combos[0]?.targets).toEqual(['chat/one', 'chat-1/two', 'demo/echo']);
  });
});

describe('a combo that is tested', () => {
  it('tells who answered after a fall-back, and who was passed over', async () => {
    provider.script(jsonReply({ error: { message: 'slow down' } }, 429), jsonReply(COMPLETION));
    await testCombo(somebody({ press: 'Show Request' }), best);
    expect(ui.messages[0]?.message).toMatch(
      /^"best" answered through chat-1\/two \(account "chat-1"\) in \d+ ms\. 9 tokens in, 1 out\. Passed over: chat\/one \(chat: too many requests\)\.$/,
    );
    expect(ui.ran).toEqual(['omniroute.request.details']);
    await live.refresh();
    const [, tree] = comboNodes(live.snapshot, Date.now());
    expect(tree?.children?.[0]?.description).toMatch(/^chat: cooling until/);
    const [request] = requestNodes(live.snapshot, Date.now());
    expect(request).toMatchObject({ label: 'best → chat-1/two', contextValue: 'request.done' });
    expect(request?.description).toMatch(/9 ↑ 1 ↓.* · via 2nd$/);
  });

  it('tells the gateway’s words when nobody answered', async () => {
    provider.script(jsonReply({ error: { message: 'no such thing' } }, 400));
    await testCombo(somebody(), best);
    expect(ui.messages[0]).toMatchObject({
      kind: 'error',
      message: '"best" did not answer (no such thing). Passed over: chat/one (chat: the request was not accepted).',
    });
  });

  it('is given up when the user takes Cancel', async () => {
    provider.script({ ...jsonReply(COMPLETION), before: new Promise<void>(() => {}) });
    await testCombo(somebody({ cancel: provider.next() }), best);
    expect(ui.messages).toEqual([]);
  });

  it('is explained without being asked', async () => {
    await explainCombo(desk, best);
    expect(pages[0]).toContain('1. chat/one, account "chat"');
    expect(pages[0]).toContain('## In this order');
  });
});

describe('the trees over a real gateway', () => {
  it('show its accounts, models and requests as they are', async () => {
    provider.script(jsonReply(COMPLETION));
    await testCombo(somebody(), best);
    await live.refresh();
    expect(providerNodes(live.snapshot, Date.now(), [], () => undefined).length).toBeGreaterThan(0);
    expect(requestNodes(live.snapshot, Date.now())[0]?.label).toContain('best');
  });
});

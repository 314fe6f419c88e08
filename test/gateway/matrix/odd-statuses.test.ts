import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FailureClass } from '../../../src/conversation/error.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** Statuses alone, with a message that means nothing: what the gateway makes of hosts that use them in their own way. */
const PASSED_BY: [number, FailureClass][] = [
  [204, 'empty'],
  [302, 'overload'],
  [304, 'empty'],
  [402, 'billing'],
  [403, 'auth'],
  [404, 'capability'],
  [405, 'capability'],
  [408, 'network'],
  [409, 'overload'],
  [410, 'capability'],
  [425, 'overload'],
  [429, 'rate'],
  [500, 'overload'],
  [501, 'overload'],
  [504, 'network'],
  [520, 'overload'],
  [524, 'overload'],
  [529, 'overload'],
  [599, 'overload'],
];
const GIVEN_BACK: [number, FailureClass][] = [
  [400, 'request'],
  [406, 'request'],
  [413, 'context'],
  [415, 'request'],
  [418, 'request'],
  [422, 'request'],
];

describe('a status that says little', () => {
  let scene: Scene;
  beforeAll(async () => {
    const combos = [{ name: 'work', targets: ['odd/m', 'sound/m'] }];
    const members = [
      { name: 'odd', dialect: 'openai-chat' as const },
      { name: 'sound', dialect: 'anthropic-messages' as const },
    ];
    scene = await sceneWith(members, { combos });
  });
  afterEach(() => scene.afresh());
  afterAll(() => scene.close());

  const reply = (status: number) => jsonReply({ error: { message: 'Something was odd.' } }, status);

  it.each(PASSED_BY)('%i is passed by, as %s', async (status, kind) => {
    scene.at('odd').script(reply(status));
    scene.at('sound').script(goodReply('anthropic-messages', false));
    const response = await scene.raw('gemini', { model: 'work', stream: false });
    expect(response.status, await response.text()).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-omniroute-attempts': '2',
      'x-omniroute-target': 'sound/m',
      'x-omniroute-account': 'sound',
    });
    expect(scene.lastRecord().attempts).toMatchObject([{ account: 'odd', class: kind }, { account: 'sound' }]);
    expect(scene.counts()).toEqual({ odd: 1, sound: 1 });
  });

  it.each(GIVEN_BACK)('%i comes back, as %s', async (status, kind) => {
    scene.at('odd').script(reply(status));
    const response = await scene.raw('gemini', { model: 'work', stream: false });
    expect(response.status, await response.text()).toBe(status);
    expect(scene.lastRecord()).toMatchObject({ error: { class: kind }, attempts: [{ account: 'odd', class: kind, status }] });
    expect(scene.counts()).toEqual({ odd: 1 });
    expect(await scene.health()).toEqual([]);
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { Noticer } from '../../../src/editor/notifications/noticer.ts';
import { messageOf } from '../../../src/editor/notifications/texts.ts';
import { running, situationOf } from '../../../src/editor/status-bar/situation.ts';
import { itemText } from '../../../src/editor/status-bar/text.ts';
import { tooltip } from '../../../src/editor/status-bar/tooltip.ts';
import { PROVIDER_KEY } from '../../sdk/house.ts';
import { answer, refused } from '../../upstream/chat-replies.ts';
import { type LiveHouse, liveHouse, until } from '../live/house.ts';

let house: LiveHouse;
beforeEach(async () => {
  house = await liveHouse();
  await until(house.live, ({ loaded }) => loaded);
});
afterEach(() => house.close());

function bar(): string | undefined {
  const { snapshot } = house.live;
  return itemText(situationOf(snapshot, 'auto', Date.now(), undefined), 'auto', running(snapshot), Date.now())?.text;
}

const refusals = (count: number) =>
  until(house.live, ({ health }) => health.filter(({ block }) => block?.reason === 'auth').length === count);

it('follows a real gateway: all well, a fall-back, a refused key, its cost, nobody left', async () => {
  expect(bar()).toBe('OmniRoute');
  house.provider.script(refused, answer);
  await house.ask('best');
  await Promise.all([until(house.live, ({ fallback }) => fallback !== undefined), refusals(1)]);
  expect(bar()).toBe('via chat-1 (fallback)');

  house.provider.script(answer);
  await house.ask('chat-1/b');
  await until(house.live, ({ fallback }) => fallback === undefined);
  expect(bar()).toBe('chat: key refused');

  const noticer = new Noticer({ read: () => ({}), write: () => {} }, Date.now());
  house.provider.script(refused);
  await house.ask('best').catch(() => undefined);
  await Promise.all([until(house.live, ({ requests }) => requests[0]?.state === 'failed'), refusals(2)]);
  expect(bar()).toBe('OmniRoute: none can answer');
  const look = (at: number) => noticer.look(house.live.snapshot, at, { focused: true, owner: true }, () => true);
  look(Date.now());
  const texts = look(Date.now() + 60_000).map((notice) => messageOf(notice, Date.now())?.text);
  expect(texts).toEqual(['No account could answer a request for best.', 'Providers refuse the keys of these accounts: chat; chat-1.']);

  const said = [tooltip(house.live.snapshot, Date.now()), ...texts].join('\n');
  expect(said).toContain('| $(circle-slash) chat | key refused |  |  |');
  expect(said).not.toContain(PROVIDER_KEY);
  expect(said).not.toContain(house.gateway.key);
});

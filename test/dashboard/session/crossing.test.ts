import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootOf } from '../../../src/editor/dashboard/boot.ts';
import { CALLS } from '../../../src/editor/dashboard/contract/calls.ts';
import { toPage } from '../../../src/editor/dashboard/contract/messages.ts';
import { WATCHABLE } from '../../../src/editor/dashboard/contract/slices.ts';
import { TOPICS } from '../../../src/editor/dashboard/contract/topics.ts';
import { pageHtml } from '../../../src/editor/dashboard/html.ts';
import { Finds } from '../../gateway/canary-secrets.ts';
import { refuses } from '../../real-editor/answers.ts';
import { PROVIDER_KEY } from '../../sdk/house.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';
import { EXAMPLES } from './examples.ts';
import { PageEnd } from './page-end.ts';
import { type Planted, plantSecrets } from './planted.ts';

describe('everything that can cross into the page', () => {
  let house: DashboardHouse;
  let page: PageEnd;
  let planted: Planted;
  let request: string;

  beforeAll(async () => {
    house = await dashboardHouse({ tools: true });
    planted = await plantSecrets(house);
    // A provider that repeats what it was sent.
    house.providers.bad.always(refuses(401, `Incorrect API key provided: ${PROVIDER_KEY}.`));
    await house.ask('old/scripted-model');
    await house.ask('planted/scripted-model');
    await house.live.refresh();
    request = (await house.admin.requests({ limit: '1' }))[0]?.id ?? '';
    page = new PageEnd(house.deps);
    page.session.receive({ type: 'hello' });
    page.session.receive({ type: 'watch', slices: [...WATCHABLE] });
  });
  afterAll(async () => {
    page.session.dispose();
    await house.close();
  });

  it('is asked for by an example here, every call and every topic of them', () => {
    expect(Object.keys(EXAMPLES.calls).sort()).toEqual(Object.keys(CALLS).sort());
    expect(Object.keys(EXAMPLES.topics).sort()).toEqual(Object.keys(TOPICS).sort());
  });

  it.each(Object.keys(TOPICS))('topic %s: is listened to', async (name) => {
    const id = page.listen(name, EXAMPLES.topics[name]?.({ house, account: planted.account, request }) ?? {});
    await page.ask('usage', {});
    expect(page.posted.filter((message) => message.type === 'over' && message.id === id && message.error)).toEqual([]);
  });

  it.each(Object.keys(CALLS))('call %s: is answered, in its shape', async (name) => {
    const examples = EXAMPLES.calls[name]?.({ house, account: planted.account, request }) ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const params of examples) {
      const answer = await page.ask(name, await params);
      expect(answer, JSON.stringify(answer)).toMatchObject({ type: 'answer', ok: true });
    }
  });

  it('fits the shape the page checks it with, and holds no secret in any form', async () => {
    const config = await readFile(join(house.dataDir, 'config.json'), 'utf8');
    const hashes = [...config.matchAll(/"hash":\s*"([^"]+)"/g)].map(([, hash = '']) => hash);
    expect(hashes.length).toBeGreaterThan(1);
    // What may cross is found, so that what is not found is not there.
    const control = new Finds([{ label: 'id of the account that holds them', of: 'account', text: planted.account }]);
    const finds = new Finds([
      ...planted.canaries,
      { label: 'key of a provider, from the environment', of: 'account', text: PROVIDER_KEY },
      ...hashes.map((text) => ({ label: 'hash of a gateway key', of: 'account' as const, text })),
    ]);
    for (const message of page.posted) {
      expect(toPage.safeParse(message).success, JSON.stringify(message).slice(0, 300)).toBe(true);
      control.look(message.type, JSON.stringify(message));
      finds.look(message.type === 'answer' ? `answer ${message.id}` : message.type, JSON.stringify(message));
    }
    const boot = bootOf(house.live, { page: 'overview' }, { locale: 'en', texts: {}, placement: 'tab' });
    finds.look('the page itself', pageHtml({ boot, nonce: 'n', source: 's', script: 'a', style: 'b' }));
    for (const text of [...house.warnings]) finds.look('the log', text);
    expect(finds.searched).toBeGreaterThan(Object.keys(CALLS).length);
    expect(control.found.size).toBeGreaterThan(0);
    expect([...finds.found]).toEqual([]);
  });
});

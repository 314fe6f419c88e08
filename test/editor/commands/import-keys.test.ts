import { afterEach, describe, expect, it } from 'vitest';
import { importKeys } from '../../../src/editor/commands/add-provider/import-keys.ts';
import { httpProbe, type Probe } from '../../../src/editor/commands/add-provider/local-servers.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Provider } from '../../../src/providers/provider.ts';
import { deferred } from '../../upstream/deferred.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { refusingUrl } from '../../upstream/scripted-provider.ts';
import { type House, house } from './house.ts';
import { scriptedUi } from './scripted-ui.ts';

const KEY = 'sk-canary-4f8a1c9e7b2d6035-AbCdEf';
const ENVIRONMENT = { GOOD_KEY: KEY, BAD_KEY: 'sk-bad-0000000000000000-BaDbAd', FAR_KEY: KEY };
const LIST = jsonReply({ object: 'list', data: [{ id: 'model-a' }, { id: 'model-b' }] });
const silence: Probe = async () => undefined;

let own: House | undefined;
afterEach(async () => {
  await own?.close();
  own = undefined;
});

/** Three kinds of endpoint of the catalogue, as if vendors had given them a variable each. */
function withEnv(id: string, variable: string): Provider {
  const provider = providerById(id);
  if (!provider) throw new Error(`no ${id}`);
  return { ...provider, env: [variable] };
}

const PROVIDERS = [
  withEnv('openai-compatible', 'GOOD_KEY'),
  withEnv('openai-responses-compatible', 'BAD_KEY'),
  withEnv('anthropic-compatible', 'FAR_KEY'),
];
const NAMES = PROVIDERS.map(({ name }) => name);

describe('importing keys of the environment', () => {
  it('adds what is chosen as references, tests each, and sums up in one message', async () => {
    own = await house(ENVIRONMENT);
    const { provider, admin } = own;
    // The provider knows one of the keys.
    provider.lists({
      ...LIST,
      get head() {
        const authorization = provider.listsSeen.at(-1)?.headers.authorization;
        return { status: authorization === `Bearer ${KEY}` ? 200 : 401, headers: { 'content-type': 'application/json' } };
      },
    });
    const far = `${await refusingUrl()}/v1`;
    const ui = scriptedUi({ choose: NAMES }, { type: own.baseUrl }, { type: own.baseUrl }, { type: far });
    await importKeys({ ui, admin, providers: PROVIDERS, environment: ENVIRONMENT, probe: silence });
    ui.done();
    expect(ui.lists[0]?.[1]).toMatch(/\| GOOD_KEY …CdEf \|/);
    expect(await admin.accounts()).toMatchObject([{ provider: 'openai-compatible', credential: { kind: 'env', name: 'GOOD_KEY' } }]);
    expect(ui.messages).toHaveLength(1);
    const [{ message, kind } = { message: '', kind: 'info' }] = ui.messages;
    expect(kind).toBe('warning');
    expect(message).toMatch(
      /^Added: OpenAI-compatible \(Chat Completions\)\. .*\(Responses\) refused its key: .*\(Messages\) could not be reached: /,
    );
    expect(JSON.stringify([ui.shown, ui.messages, own.log, await own.config()])).not.toContain(KEY.slice(4, 20));
  });

  it('shows no key that an account uses already, and nothing at all when nothing is left', async () => {
    own = await house(ENVIRONMENT);
    await own.admin.addAccount({ provider: 'openai-compatible', env: 'GOOD_KEY', baseUrl: own.baseUrl, test: false });
    const ui = scriptedUi({ press: 'Add Provider…' });
    await importKeys({ ui, admin: own.admin, providers: PROVIDERS, environment: { GOOD_KEY: KEY, BAD_KEY: ' ' }, probe: silence });
    expect(ui.lists).toEqual([]);
    expect(ui.ran).toEqual(['omniroute.addProvider']);
  });

  it('stops at Cancel and keeps what was added by then', async () => {
    own = await house(ENVIRONMENT);
    own.provider.lists(LIST);
    const added = deferred();
    const ui = scriptedUi({ choose: NAMES.slice(0, 2) }, { type: own.baseUrl }, { type: own.baseUrl }, { cancel: added.promise });
    const admin = {
      accounts: (signal?: AbortSignal) => (own as House).admin.accounts(signal),
      addAccount: async (...args: Parameters<House['admin']['addAccount']>) => {
        const result = await (own as House).admin.addAccount(...args);
        added.resolve();
        await new Promise((resolve) => args[1]?.addEventListener('abort', resolve));
        return result;
      },
    };
    await importKeys({ ui, admin, providers: PROVIDERS, environment: ENVIRONMENT, probe: silence });
    ui.done();
    expect(await own.admin.accounts()).toHaveLength(1);
    expect(ui.messages).toMatchObject([{ kind: 'info', message: `Added: ${NAMES[0]}.` }]);
  });

  it('asks local servers only, and takes no other answer for theirs', async () => {
    own = await house();
    const asked: string[] = [];
    const probe: Probe = async (url) => {
      asked.push(url);
      return url.includes('11434') ? 3 : undefined;
    };
    const ui = scriptedUi('escape');
    const all = (await import('../../../src/providers/catalogue.ts')).providers;
    await importKeys({ ui, admin: own.admin, providers: all, environment: {}, probe });
    expect(asked.every((url) => new URL(url).hostname === 'localhost')).toBe(true);
    expect(ui.lists[0]).toEqual(['--- On this computer', 'Ollama (local) | http://localhost:11434/v1 | Answers, with 3 models']);
    const { signal } = new AbortController();
    own.provider.lists(LIST);
    expect(await httpProbe(`${own.baseUrl}/models`, signal)).toBe(2);
    own.provider.lists(jsonReply({ hello: 'world' }));
    expect(await httpProbe(`${own.baseUrl}/models`, signal)).toBeUndefined();
    expect(await httpProbe(`${await refusingUrl()}/v1/models`, signal)).toBeUndefined();
    expect(own.provider.listsSeen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});

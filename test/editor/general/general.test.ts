import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, configFromText } from '../../../src/config/file.ts';
import { addresses } from '../../../src/editor/commands/general/addresses.ts';
import { problemPlace } from '../../../src/editor/commands/general/config-place.ts';
import { menuItems } from '../../../src/editor/commands/general/menu.ts';
import { modelToTry, triedText, tryModel } from '../../../src/editor/commands/general/try-it.ts';
import { COMMANDS, VIEWS } from '../../../src/editor/contributions.ts';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { account, blocked, HOUR, NOON, snapshot } from '../snapshots.ts';
import { type OwnHouse, ownHouse } from './own-house.ts';

describe('the menu', () => {
  const commands = (change: Partial<Snapshot>) =>
    menuItems(snapshot(change), NOON).flatMap((item) => ('separator' in item ? [] : [item.value]));

  it('holds what can be done now', () => {
    expect(commands({})).toContain('omniroute.account.test');
    expect(commands({})).not.toContain('omniroute.resetHealth');
    expect(commands({})).not.toContain('omniroute.importKeys');
    expect(commands({ accounts: [] })).toContain('omniroute.importKeys');
    expect(commands({ accounts: [] })).not.toContain('omniroute.account.test');
    expect(commands({ health: [blocked('groq', 'rate', NOON + HOUR)] })).toContain('omniroute.resetHealth');
    expect(commands({ health: [blocked('groq', 'auth')] })[0]).toBe('omniroute.account.setKey');
  });

  it('begins with the gateway when that does not run, and offers nothing that needs it', () => {
    const link = { is: 'failed', reason: 'config', message: 'm' } as const;
    const all = commands({ link, loaded: false, accounts: [] });
    expect(all.slice(0, 3)).toEqual(['omniroute.openConfig', 'omniroute.restartGateway', 'omniroute.showLog']);
    for (const command of ['omniroute.copyKey', 'omniroute.addProvider', 'omniroute.tryIt', 'omniroute.providers.focus'] as const) {
      expect(all).not.toContain(command);
    }
  });

  it('leads to commands that are there, each once', () => {
    const known: ReadonlySet<string> = new Set([...COMMANDS, ...VIEWS.map((view) => `${view}.focus`)]);
    for (const change of [{}, { accounts: [] }, { link: { is: 'stopped' as const } }]) {
      const all = commands(change);
      expect(new Set(all).size).toBe(all.length);
      for (const command of all) expect(known).toContain(command);
    }
  });
});

it('offers each API the base URL its tools want', () => {
  expect(addresses('http://127.0.0.1:20128').map(({ value }) => value)).toEqual([
    'http://127.0.0.1:20128/v1',
    'http://127.0.0.1:20128',
    'http://127.0.0.1:20128',
  ]);
});

describe('a broken config', () => {
  it.each([
    ['{\n  "version": 1,\n  "accounts": [}\n}', { line: 3, column: 16 }],
    ['{\n  "version": 1,\n  "combos": [{ "name": "a", "targets": 5 }]\n}', { line: 3, column: 40 }],
    ['{\n  "version": 1,\n  "combos": [\n    { "name": "a" }\n  ]\n}', { line: 4, column: 5 }],
  ])('is opened where it is broken', async (text, place) => {
    const message = problemOf(text);
    expect(await problemPlace(message, text)).toEqual(place);
  });

  it('is opened at its beginning where nothing says more', async () => {
    expect(await problemPlace('no such thing', '{}')).toBeUndefined();
  });
});

function problemOf(text: string): string {
  try {
    configFromText(text, '/data/config.json', '/data/config.json.1');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('it is good');
}

describe('trying it', () => {
  let house: OwnHouse | undefined;
  afterEach(async () => {
    await house?.close();
    house = undefined;
  });

  it('asks the demo while there is no account that could answer', () => {
    expect(modelToTry(snapshot())).toBe('auto');
    expect(modelToTry(snapshot({ accounts: [account('demo')] }))).toBe('demo/echo');
    expect(modelToTry(snapshot({ accounts: [account('groq', { enabled: false })] }))).toBe('demo/echo');
  });

  it('sends one request through the gateway and shows the answer', async () => {
    house = await ownHouse();
    let clock = 0;
    const now = () => {
      clock += 40;
      return clock;
    };
    const tried = await tryModel(house.link, 'demo/echo', 'Hello', AbortSignal.timeout(5000), now);
    expect(triedText(tried)).toBe('“OmniRoute demo: you said "Hello". Add a provider to get a real answer.” (demo/echo, in 40 ms)');
    expect(house.gateway.records()).toMatchObject([{ requested: 'demo/echo', status: 200 }]);
  });

  it('shows what the gateway refuses in its own words, and no key', async () => {
    house = await ownHouse();
    const tried = await tryModel(house.link, 'auto', 'Hello', AbortSignal.timeout(5000));
    expect(tried.ok).toBe(false);
    expect(triedText(tried)).not.toBe('');
    expect(triedText(tried)).not.toContain(house.gateway.key);
  });

  it('can be given up', async () => {
    house = await ownHouse();
    await expect(tryModel(house.link, 'demo/echo', 'Hello', AbortSignal.abort())).rejects.toThrow('aborted');
  });
});

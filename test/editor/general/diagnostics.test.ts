import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveDiagnostics } from '../../../src/editor/commands/general/diagnostics.ts';
import { type Act, scriptedUi } from '../commands/scripted-ui.ts';
import { memoryFile, type OwnHouse, ownHouse } from './own-house.ts';

const CANARY = 'canary-provider-key-5Jh';
let house: OwnHouse;
beforeEach(async () => {
  house = await ownHouse();
  await house.admin.addAccount({
    provider: 'openai-compatible',
    name: 'employer',
    key: CANARY,
    baseUrl: 'http://127.0.0.1:9/v1',
    test: false,
  });
});
afterEach(async () => {
  await house.close();
});

async function saved(link = house.link, ...acts: Act[]): Promise<{ files: Record<string, string>; shown: string; revealed: boolean }> {
  const ui = scriptedUi(...acts);
  const file = memoryFile();
  await saveDiagnostics({
    ui,
    folder: house.folder,
    vault: house.vault,
    link,
    save: file.save,
    env: { SOME_API_KEY: 'canary-env-3Gm8' },
    now: new Date(0),
  });
  ui.done();
  const bytes = file.bytes();
  const files =
    bytes.length > 0 ? Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)])) : {};
  return { files, shown: ui.shown.join('\n'), revealed: file.revealed() };
}

describe('diagnostics from the editor', () => {
  it('hold what the gateway tells and no secret; names only where the user keeps them', async () => {
    const kept = await saved(house.link, { choose: 'Keep Names' }, { press: 'Show File' });
    expect(kept.revealed).toBe(true);
    expect(Object.keys(kept.files)).toContain('health.json');
    expect(JSON.parse(kept.files['versions.json'] ?? '')).toMatchObject({ gatewayRuns: true });
    expect(kept.files['config.json']).toContain('employer');
    const hidden = await saved(house.link, { choose: 'Leave Names Out' });
    expect(hidden.files['config.json']).not.toContain('employer');
    const all = JSON.stringify([kept, hidden]);
    for (const secret of [CANARY, 'canary-env-3Gm8', house.gateway.key, house.gateway.key.slice(4)]) expect(all).not.toContain(secret);
  });

  it('are made of the files alone while no gateway runs', async () => {
    const link = {
      ...house.link,
      state: { is: 'stopped' as const },
      request: () => Promise.reject(new Error('asked although it is stopped')),
    };
    const { files } = await saved(link, { choose: 'Leave Names Out' });
    expect(JSON.parse(files['versions.json'] ?? '')).toMatchObject({ gatewayRuns: false });
    expect(files['health.json']).toContain('no gateway runs');
  });

  it('are not written when the user leaves', async () => {
    expect((await saved(house.link, 'escape')).files).toEqual({});
  });
});

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGateway } from '../../src/gateway/start.ts';
import { type KeyProvider, keyProvider, RIGHT_KEY } from './key-provider.ts';
import { type SetupHouse, setupHouse } from './setup-house.ts';

const ENV = { NODE_KEY: RIGHT_KEY };
let house: SetupHouse;
let provider: KeyProvider;
beforeEach(async () => {
  house = await setupHouse();
  provider = await keyProvider();
  const account = ['openai-compatible', '--name', 'node', '--base-url', provider.url, '--prefix', 'mock', '--key-env', 'NODE_KEY'];
  await house.cli.run(['account', 'add', ...account, '--no-test']);
});
afterEach(() => provider.close());

const setup = async (...args: string[]) => await house.cli.run(['setup', ...args], { env: { HOME: house.home, ...ENV } });
const kilo = async () =>
  JSON.parse(await readFile(join(house.home, '.config/kilo/kilo.jsonc'), 'utf8')) as {
    model: string;
    provider: { omniroute: { models: Record<string, unknown>; options: { baseURL: string; apiKey: string } } };
  };

describe('omniroute setup without a gateway', () => {
  it('tells the tool of what the providers list, and of the user’s own names', async () => {
    await house.cli.run(['combo', 'set', 'work', '--strategy', 'fill-first', 'mock/model-a']);
    const { code, out } = await setup('kilo');
    expect(code).toBe(0);
    expect(out).toContain('no gateway runs now; "omniroute serve" starts one');
    const { model, provider: providers } = await kilo();
    expect(model).toBe('omniroute/work');
    expect(Object.keys(providers.omniroute.models)).toEqual(['work', 'auto', 'mock/model-a']);
  });

  it('makes a key that the gateway takes when it starts', async () => {
    await setup('kilo', '--port', '20777');
    const { options } = (await kilo()).provider.omniroute;
    expect(options.baseURL).toBe('http://127.0.0.1:20777/v1');
    const gateway = await startGateway({ dataDir: house.cli.folder, port: 0, env: ENV });
    const headers = { authorization: `Bearer ${options.apiKey}`, 'content-type': 'application/json' };
    const body = '{"model":"mock/model-a","messages":[{"role":"user","content":"Hi"}]}';
    const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body });
    await gateway.close();
    expect(response.status).toBe(200);
  });

  it('does not need the providers: names that lead to one are good without its list', async () => {
    await provider.close();
    expect(await setup('kilo', '--model', 'mock/whatever')).toMatchObject({ code: 0, err: '' });
    expect((await kilo()).model).toBe('omniroute/mock/whatever');
    provider = await keyProvider();
  });

  it('refuses a broken config.json with line and column, and writes nothing', async () => {
    await mkdir(house.cli.folder, { recursive: true });
    await writeFile(join(house.cli.folder, 'config.json'), '{\n  "version": 1,\n  "accounts": [\n}\n');
    const before = [await house.files(house.home), await house.files(house.cli.folder)];
    expect(await setup('kilo')).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/config\.json.*line 4, column 1/s) });
    expect(await setup()).toMatchObject({ code: 1 });
    expect([await house.files(house.home), await house.files(house.cli.folder)]).toEqual(before);
  });

  it('--verify says that nothing can be seen', async () => {
    await setup('kilo');
    expect(await setup('kilo', '--verify')).toMatchObject({ code: 1, err: expect.stringContaining('No gateway runs') });
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startGateway } from '../../src/gateway/start.ts';
import { jsonReply } from '../upstream/reply.ts';
import { scriptedProvider } from '../upstream/scripted-provider.ts';
import { type CommandLine, commandLine } from './omniroute.ts';

describe('omniroute quota', () => {
  let cli: CommandLine;
  beforeEach(async () => {
    cli = await commandLine();
  });

  it('says that there are no accounts yet', async () => {
    expect(await cli.run(['quota'])).toMatchObject({ code: 0, out: 'No accounts yet.\n' });
  });

  it('shows what headers told, also after the gateway has stopped; unknown is a dash', async () => {
    const provider = await scriptedProvider();
    const account = { provider: 'anthropic-compatible', baseUrl: `${provider.url}/v1`, enabled: true };
    await writeFile(
      join(cli.folder, 'config.json'),
      JSON.stringify({
        version: 1,
        accounts: [
          { id: 'a', name: 'plan', prefix: 'plan', ...account },
          { id: 'b', name: 'other', prefix: 'other', ...account },
        ],
      }),
    );
    const gateway = await startGateway({ dataDir: cli.folder, port: 0 });
    const answer = {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'hi' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 1, output_tokens: 1 },
    };
    const headers = {
      'anthropic-ratelimit-unified-5h-utilization': '0.42',
      'anthropic-ratelimit-unified-5h-reset': String(Math.round(Date.now() / 1000) + 7200),
    };
    provider.script(jsonReply(answer, 200, headers));
    const body = { model: 'plan/m', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] };
    const response = await fetch(`${gateway.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    await response.text();
    await gateway.close();
    await provider.close();
    const { out } = await cli.run(['quota']);
    expect(out).toMatch(/^account\s+window\s+used/);
    expect(out).toMatch(/plan\s+5 hours\s+42 %\s+–\s+(?:2 h 0 min|1 h 59 min)\s+–\s+headers, 0 min ago/);
    expect(out).toMatch(/other\s+–\s+–\s+–/);
    expect(JSON.parse((await cli.run(['quota', '--json'])).out)).toMatchObject([{ account: 'a' }, { account: 'b', windows: [] }]);
  });
});

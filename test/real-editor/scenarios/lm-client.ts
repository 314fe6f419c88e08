import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calls, says, USAGE } from '../answers.ts';
import { account } from '../config.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';

const EXTENSION = join(import.meta.dirname, '../extensions/lm-client');

interface Case {
  text?: string;
  parts?: { kind: string; mimeType?: string; text?: string; id?: string; name?: string; input?: unknown }[];
  error?: { name: string; code?: string; message: string };
  ms?: number;
  message?: number;
}

export const lmClient: Scenario = {
  name: 'lm-client',
  title: 'another extension uses our models through vscode.lm: text, tools, an image, usage, counts, cancel',
  run: async ({ editor, provider, note }) => {
    const far = await provider();
    const house = await editor({ prepared: { accounts: [account('near', far.url)] }, extensions: [EXTENSION] });
    mkdirSync(house.rooms.workspace, { recursive: true });
    const result = join(house.rooms.workspace, 'lm-client.json');
    const window = await house.open();
    await house.gateway();
    const asked = async (cases: string[], model = 'near/scripted-model'): Promise<Record<string, Case>> => {
      rmSync(result, { force: true });
      writeFileSync(join(house.rooms.workspace, 'lm-client.request.json'), JSON.stringify({ model, cases }));
      await window.command('LM Client: Run All');
      await until('the client has written its result', () => existsSync(result) && readFileSync(result, 'utf8').length > 2, 30_000);
      const told = JSON.parse(readFileSync(result, 'utf8')) as { model: string; models: { id: string }[]; cases: Record<string, Case> };
      equal(told.model, model, `the model is listed: ${told.models.map(({ id }) => id).join(', ')}`);
      note(JSON.stringify(told.cases));
      return told.cases;
    };
    far.script(
      says('Hello from afar.'),
      calls('get_weather', { city: 'Paris' }, 'call_77'),
      says('Sunny.'),
      says('A pixel.'),
      says('Brief.'),
    );
    const cases = await asked(['text', 'tools', 'tool-result', 'image', 'options', 'count']);
    equal(cases.text?.text, 'Hello from afar.');
    const usage = cases.text?.parts?.at(-1);
    equal(usage?.mimeType, 'usage');
    equal((JSON.parse(usage?.text ?? '{}') as { total_tokens: number }).total_tokens, USAGE.total_tokens);
    deepEqual(
      cases.tools?.parts?.find(({ kind }) => kind === 'tool-call'),
      { kind: 'tool-call', id: 'call_77', name: 'get_weather', input: { city: 'Paris' } },
    );
    equal(cases['tool-result']?.text, 'Sunny.');
    match(far.seen[3]?.body ?? '', /data:image\/png;base64,/);
    match(far.seen[4]?.body ?? '', /"temperature":0.5/);
    ok((cases.count?.message ?? 0) > 5, 'words of a message are counted');
    const records = (await (await house.ask('/admin/requests?limit=5')).json()) as { requests: { client: string }[] };
    note(`client: ${records.requests.at(-1)?.client}`);

    far.script({
      label: 'hangs',
      head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
      steps: [{ do: 'wait', until: new Promise(() => {}) }],
    });
    const { cancel } = await asked(['cancel']);
    ok((cancel?.ms ?? 9e9) < 2000, 'cancelled at once');
    await until('the provider is left', () => far.seen.at(-1)?.abortedAt !== undefined);
    const reply = (status: number, message: string) => ({
      label: `refuses ${status}`,
      head: { status, headers: { 'content-type': 'application/json', 'retry-after': '120' } },
      steps: [{ do: 'send' as const, bytes: JSON.stringify({ error: { message } }) }, { do: 'end' as const }],
    });
    far.always(reply(429, 'Too many requests'));
    const limited = await asked(['text']);
    equal(limited.text?.error?.code, 'Blocked');
    match(limited.text?.error?.message ?? '', /min/);
    far.always(undefined);
  },
};

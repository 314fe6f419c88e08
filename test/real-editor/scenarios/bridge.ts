import { equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { ROOT } from '../folders.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';

const TURN_ON = "OmniRoute: Use This Editor's Models (GitHub Copilot) as Provider…";
const STAND_IN = join(ROOT, 'test/real-editor/extensions/stand-in-models');

/** Models of another extension serve a tool outside the editor, in the tool's own dialect. */
export const bridge: Scenario = {
  name: 'bridge',
  title: "another extension's models answer tools through the gateway, after terms and consent",
  run: async ({ editor, note }) => {
    const house = await editor({ extensions: [STAND_IN] });
    const window = await house.open();
    await house.gateway();
    equal((await names(house)).length, 0, 'off at first');
    await until('the command is offered', () => window.offers(TURN_ON));
    await window.command(TURN_ON);
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: 'Language Model API' }).waitFor();
    await window.button('Turn On').click();
    const consent = window.page.locator('.monaco-dialog-box').filter({ hasText: 'wants to access the language models' });
    await consent.getByRole('button', { name: 'Allow' }).click();
    await until('the models are listed', async () => (await names(house)).includes('lm/standin/echo'));
    await window.notification('The gateway can use').waitFor();
    match(await text(house, 'lm/standin/echo', 'Is anybody there?'), /Echo: Is anybody there\?/);
    const { requests } = (await (await house.ask('/admin/requests')).json()) as { requests: { usage: object }[] };
    note(`usage of the last request: ${JSON.stringify(requests.at(-1)?.usage)}`);
    await toolRound(house);
    equal((await messages(house, 'lm/standin/quota', 'hi')).status, 429);
    await cancelled(house);
    await window.command('Stand-in: Add a Model');
    await until('a model that came later is listed', async () => (await names(house)).some((name) => name.startsWith('lm/standin/late')));
    await window.command("OmniRoute: Stop Using This Editor's Models as Provider");
    await until('they are gone', async () => (await names(house)).length === 0);
  },
};

/** VS Code asks before it lets us use what is another's; what it does not allow is not asked for behind its back. */
export const bridgeConsent: Scenario = {
  name: 'bridge-consent',
  title: "VS Code's dialog of consent: refused, asked again when a tool wants the model, allowed",
  run: async ({ editor, note }) => {
    const house = await editor({ extensions: [STAND_IN] });
    const window = await house.open();
    await house.gateway();
    await until('the command is offered', () => window.offers(TURN_ON));
    await window.command(TURN_ON);
    await window.button('Turn On').click();
    const dialog = window.page.locator('.monaco-dialog-box').filter({ hasText: 'wants to access the language models' });
    await dialog.waitFor();
    note(`VS Code says: ${(await dialog.innerText()).replace(/\s+/g, ' ')}`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await window.notification('did not allow those of: guarded').waitFor();
    const refused = await messages(house, 'lm/guarded/member', 'hi');
    match(`${refused.status} ${await refused.text()}`, /^403 .*consent/);
    match(await text(house, 'lm/standin/echo', 'hi'), /Echo: hi/);
    await window.button('Allow…').click();
    await dialog.getByRole('button', { name: 'Allow' }).click();
    await until('the model answers', async () => (await messages(house, 'lm/guarded/member', 'hi')).ok);
  },
};

async function names(house: EditorHouse): Promise<string[]> {
  const { data } = (await (await house.ask('/v1/models')).json()) as { data: { id: string }[] };
  return data.map(({ id }) => id).filter((id) => /^(?:gh|lm)\//.test(id));
}

/** As Claude Code asks. */
function messages(house: EditorHouse, model: string, content: unknown, more: object = {}, init: RequestInit = {}): Promise<Response> {
  const turns = Array.isArray(content) ? content : [{ role: 'user', content }];
  const body = JSON.stringify({ model, max_tokens: 500, system: 'Be brief.', messages: turns, ...more });
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  return house.ask('/v1/messages', { method: 'POST', headers, body, ...init });
}

async function text(house: EditorHouse, model: string, content: unknown, more: object = {}): Promise<string> {
  const response = await messages(house, model, content, more);
  const whole = await response.text();
  equal(response.status, 200, whole);
  return whole;
}

async function toolRound(house: EditorHouse): Promise<void> {
  const tools = [
    { name: 'read_file', description: 'Reads a file', input_schema: { type: 'object', properties: { path: { type: 'string' } } } },
  ];
  const question = { role: 'user', content: 'Read a.txt' };
  const first = JSON.parse(await text(house, 'lm/standin/tools', [question], { tools })) as { content: { type: string; id: string }[] };
  const call = first.content.find(({ type }) => type === 'tool_use');
  ok(call, JSON.stringify(first));
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'alpha' }] };
  const second = await text(house, 'lm/standin/tools', [question, { role: 'assistant', content: first.content }, result], { tools });
  match(second, new RegExp(`result ${call.id}: alpha`));
}

/** The client leaves; the provider hears of it. */
async function cancelled(house: EditorHouse): Promise<void> {
  const leave = new AbortController();
  const response = await messages(house, 'lm/standin/slow', 'count', { stream: true }, { signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
  await until('the model was cancelled', async () => /was cancelled: 1/.test(await text(house, 'lm/standin/cancels', 'how many?')));
}

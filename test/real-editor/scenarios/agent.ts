import { equal, match, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calls, says } from '../answers.ts';
import { Chat } from '../chat.ts';
import { account } from '../config.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';

const CONTENT = 'written by the model\n';

export const agent: Scenario = {
  name: 'agent',
  title: "agent mode: the model calls Copilot's own file tool, the file appears, its result goes back",
  run: async ({ editor, provider, note }) => {
    const far = await provider();
    const house = await editor({ prepared: { accounts: [account('near', far.url)] } });
    const file = join(house.rooms.workspace, 'made.txt');
    far.script(calls('create_file', { filePath: file, content: CONTENT }), says('The file is there.'));
    const window = await house.open();
    await house.gateway();
    const chat = await Chat.open(house, window);
    await chat.choose('Scripted');
    await chat.ask('Make the file made.txt.');
    // Copilot makes it empty first, and then edits it.
    await until('the file is in the workspace, whole', () => existsSync(file) && readFileSync(file, 'utf8') === CONTENT, 40_000);
    await chat.answers.filter({ hasText: 'The file is there.' }).waitFor();
    await window.page.locator('.explorer-folders-view').getByText('made.txt').waitFor();

    const [first, second] = far.seen.map(
      (seen) => seen.json() as { tools?: unknown[]; messages: { role: string; tool_call_id?: string }[] },
    );
    ok(first && second, 'two turns reached the provider');
    note(`${first.tools?.length} tools offered by Copilot Chat`);
    match(JSON.stringify(first.tools), /"create_file"/);
    const result = second.messages.find(({ role }) => role === 'tool');
    equal(result?.tool_call_id, 'call_1', 'the second turn carries the result of the call');
  },
};

import { equal, match, ok } from 'node:assert/strict';
import { says, USAGE } from '../answers.ts';
import { Chat } from '../chat.ts';
import { account } from '../config.ts';
import type { Scenario } from '../stage.ts';

export const nativeModel: Scenario = {
  name: 'native-model',
  title: "a model chosen in Copilot Chat's picker answers from the provider",
  run: async ({ editor, provider, note }) => {
    const far = await provider();
    const text = 'The scripted provider answers in several words.';
    far.always(says(text));
    const house = await editor({ prepared: { accounts: [account('near', far.url)] } });
    const window = await house.open();
    await house.gateway();
    const chat = await Chat.open(house, window);
    await chat.choose('Scripted');
    const asked = performance.now();
    await chat.ask('Who answers?');
    await chat.answers.filter({ hasText: text }).waitFor();
    note(`answered ${Math.round(performance.now() - asked)} ms after Enter, Copilot Chat's own time included`);
    const [seen] = far.seen;
    ok(seen, 'the provider was asked');
    const body = seen.json();
    equal(body.model, 'scripted-model');
    equal(body.stream, true);
    match(JSON.stringify(body.messages), /Who answers\?/);
    const { requests } = (await (await house.ask('/admin/requests')).json()) as { requests: { usage?: { input: number } }[] };
    equal(requests.at(-1)?.usage?.input, USAGE.prompt_tokens, 'what the ledger keeps is what the provider said');
  },
};

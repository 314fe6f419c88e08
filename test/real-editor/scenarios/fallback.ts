import { equal, match } from 'node:assert/strict';
import { refuses, says } from '../answers.ts';
import { account } from '../config.ts';
import type { Scenario } from '../stage.ts';

export const fallback: Scenario = {
  name: 'fallback',
  title: 'the first account of a combo fails: the second answers, and the status bar says so',
  run: async ({ editor, provider }) => {
    const [first, second] = [await provider(), await provider()];
    first.always(refuses(503, 'overloaded'));
    second.always(says('Answered by the second.'));
    const house = await editor({
      prepared: {
        accounts: [account('near', first.url), account('far', second.url)],
        combos: [{ name: 'best', targets: ['near/scripted-model', 'far/scripted-model'] }],
      },
    });
    const window = await house.open();
    await house.gateway();
    await window.statusItems.first().waitFor();
    const body = JSON.stringify({ model: 'best', messages: [{ role: 'user', content: 'Hello' }], stream: true });
    const response = await house.ask('/v1/chat/completions', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    equal(response.status, 200);
    match(await response.text(), /second/);
    await window.statusItems.filter({ hasText: 'via far (fallback)' }).waitFor();
    await window.openViews();
    await window.expandView('Requests');
    await window.row('Requests', 'best').first().waitFor();
  },
};

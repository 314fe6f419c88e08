import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { Undone } from '../../../clients/tool-setup.ts';
import { afterwardsWords } from '../words.ts';
import { copilotOf, type ToolContext, tellRefusal } from './context.ts';

/** Takes back what was written, without a question: it is what was there before. */
export async function undo(context: ToolContext, client: Client): Promise<void> {
  const copilot = await copilotOf(context, client);
  if (copilot) return await (await import('../copilot/flow.ts')).undoCopilot(copilot);
  const { setup } = await context.desk.box();
  const undone = await setup.undo(client);
  await context.desk.lookAt(client);
  if (!undone.ok) return await tellRefusal(context, undone.refusal);
  await context.ui.tell('info', undoneWords(client, undone));
}

function undoneWords(client: Client, undone: Undone): string {
  if (undone.is === 'nothing') return l10n.t('Nothing of OmniRoute is in the settings of {0}.', client.name);
  const { kept, files } = undone;
  const whole = l10n.t('{0} is as it was before: {1}.', client.name, files.join(', '));
  const part = l10n.t('What OmniRoute wrote for {0} is taken back: {1}. What was changed since stays.', client.name, files.join(', '));
  const key = undone.keyRemoved ? l10n.t('Its key is revoked.') : undefined;
  return [kept.length > 0 ? part : whole, ...kept, key, afterwardsWords(client)].filter((text) => text !== undefined).join(' ');
}

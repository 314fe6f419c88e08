import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { ToolContext } from './context.ts';

/** Takes the tool's own key out of the gateway; its settings stay as they are. */
export async function revoke({ ui, desk }: ToolContext, client: Client): Promise<void> {
  const { key } = await desk.lookAt(client);
  if (!('row' in key)) {
    await ui.tell('info', l10n.t('{0} has no key of its own.', client.name));
    return;
  }
  const yes = l10n.t('Revoke Key');
  const question = {
    message: l10n.t('Revoke the key "{0}" of {1}?', key.row.name, client.name),
    detail: l10n.t(
      'The gateway refuses it from now on; other tools are not concerned. Its settings stay as they are; “Mend” gives it a new key.',
    ),
  };
  if ((await ui.confirm(question, yes)) !== yes) return;
  const { keys } = await desk.box();
  await keys.drop(client.id, key.row.id);
  await desk.lookAt(client);
  await ui.tell('info', l10n.t('The key "{0}" is revoked.', key.row.name));
}

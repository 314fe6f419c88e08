import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import { chooseModel } from './choose-model.ts';
import type { ToolContext } from './context.ts';

/** The steps of a tool that nobody but its user can set up, to read in a tab. The key is not in the text: it is copied when asked for. */
export async function followInstructions(context: ToolContext, client: Client): Promise<void> {
  const { ui, desk } = context;
  const why = client.instructionsOnly ?? '';
  if (!client.instructions) {
    await ui.tell('info', why);
    return;
  }
  const model = await chooseModel(context, client, undefined);
  if (model === undefined) return;
  const { gateway, keys, machine } = await desk.box();
  const steps = client.instructions(machine, { origin: gateway.origin, key: '', model, models: [] });
  await context.showText(client.name, textOf(client.name, steps));
  const copy = l10n.t('Copy Its Key');
  if ((await ui.tell('info', l10n.t('{0} gets a key of its own; it is made when you copy it.', client.name), copy)) !== copy) return;
  const held = await keys.hold(client.id, await keys.find(client.id, undefined, undefined), {});
  await context.copy(held.key);
  await desk.lookAt(client);
  await ui.tell('info', l10n.t('The key "{0}" is in the clipboard.', held.name));
}

function textOf(name: string, steps: readonly string[]): string {
  const masked = steps.map((step) => step.replaceAll('{key}', l10n.t('(the key you copy)')));
  return [`# ${name}`, '', ...masked.map((step, index) => `${index + 1}. ${step}`), ''].join('\n');
}

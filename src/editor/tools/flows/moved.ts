import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { MovedPort } from '../../notifications/port-offer.ts';
import { type ToolContext, tellRefusal } from './context.ts';

/** The offer to lead the tools that were set up here to where the gateway listens now; `undefined`: there are none that would go astray. */
export async function rewriteMoved(context: ToolContext, { url }: MovedPort): Promise<{ label: string; run(): Promise<void> } | undefined> {
  await context.desk.lookAtAll();
  const astray = context.desk.looks.filter(({ applied }) => applied !== undefined && applied.origin !== url).map(({ client }) => client);
  if (astray.length === 0) return undefined;
  return { label: l10n.t('Set Up Tools Anew ({0})', astray.length), run: async () => await writeAgain(context, astray) };
}

/** Writes what was set up once as it must be now, without showing each: the address is what changes, and undo takes it back. */
export async function writeAgain(context: ToolContext, clients: readonly Client[]): Promise<void> {
  const { desk, ui } = context;
  const { setup } = await desk.box();
  const done: string[] = [];
  for (const client of clients) {
    const prepared = await setup.prepare(client, {});
    const written = prepared.ok ? await setup.write(prepared) : prepared;
    await desk.lookAt(client);
    if (written.ok) done.push(client.name);
    else void tellRefusal(context, written.refusal);
  }
  if (done.length > 0)
    await ui.tell('info', l10n.t('These tools ask at the new address now: {0}. If one is running, start it anew.', done.join(', ')));
}

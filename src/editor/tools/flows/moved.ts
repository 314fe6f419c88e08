import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { Refusal } from '../../../clients/setup-contract.ts';
import type { MovedPort } from '../../notifications/port-offer.ts';
import type { Toolbox } from '../desk.ts';
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
  const box = await desk.box();
  const done: string[] = [];
  for (const client of clients) {
    const written = await writtenAgain(box, client);
    await desk.lookAt(client);
    if (written.ok) done.push(client.name);
    else void tellRefusal(context, written.refusal);
  }
  if (done.length > 0)
    await ui.tell('info', l10n.t('These tools ask at the new address now: {0}. If one is running, start it anew.', done.join(', ')));
}

/** Writes one tool's settings as they must be now; what it was set up with stays. */
export async function writtenAgain(
  { setup, copilot }: Toolbox,
  client: Client,
): Promise<{ ok: true; changed: boolean } | { ok: false; refusal: Refusal }> {
  if (client.id === 'copilot' && copilot) {
    const done = await copilot.group.bringInStep();
    return done.ok ? { ok: true, changed: done.value === 'written' } : done;
  }
  const prepared = await setup.prepare(client, {});
  if (!prepared.ok) return prepared;
  const written = await setup.write(prepared);
  return written.ok ? { ok: true, changed: written.is === 'written' } : written;
}

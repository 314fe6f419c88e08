import * as l10n from '@vscode/l10n';
import type { Refusal } from '../../../clients/setup-contract.ts';
import type { ToolLook } from '../../../clients/tool-look.ts';
import type { Prepared } from '../../../clients/tool-setup.ts';
import { afterwardsOfAll } from '../words.ts';
import { type ToolContext, tellRefusal } from './context.ts';

type Ready = { look: ToolLook; prepared: Prepared };
type Not = { look: ToolLook; refusal: Refusal };

/** Every tool that is there and not set up: all changes in one view, one question, one way back. */
export async function setUpAll(context: ToolContext): Promise<void> {
  const { ui, desk } = context;
  const waited = await ui.progress(l10n.t('Looking for tools…'), async () => await prepareAll(context));
  if (waited.is === 'cancelled') return;
  const { ready, not } = waited.value;
  if (ready.length === 0) return await tellNothing(context, not);
  const chosen = await choose(context, ready);
  if (chosen.length === 0) return;
  const { setup } = await desk.box();
  const done: Ready[] = [];
  const failed: Not[] = [...not];
  for (const { look, prepared } of chosen) {
    const written = await setup.write(prepared);
    if (written.ok) done.push({ look, prepared });
    else failed.push({ look, refusal: written.refusal });
    await desk.lookAt(look.client);
  }
  await tellDone(context, done, failed);
}

async function prepareAll({ desk }: ToolContext): Promise<{ ready: Ready[]; not: Not[] }> {
  await desk.lookAtAll();
  if (desk.state.is === 'failed') throw new Error(desk.state.message);
  const { setup } = await desk.box();
  const ready: Ready[] = [];
  const not: Not[] = [];
  for (const look of desk.looks.filter(({ client }) => client.instructionsOnly === undefined)) {
    if (!look.found.installed || look.state.is !== 'not-set-up') continue;
    const prepared = await setup.prepare(look.client, {});
    if (prepared.ok) ready.push({ look, prepared });
    else not.push({ look, refusal: prepared.refusal });
  }
  return { ready, not };
}

async function choose({ ui, showChange }: ToolContext, ready: readonly Ready[]): Promise<Ready[]> {
  const title = l10n.t('Set Up All Detected Tools');
  const shown = await showChange(
    title,
    ready.flatMap(({ prepared }) => prepared.preview.files),
  );
  try {
    const answer = await ui.pickMany({
      title,
      stays: true,
      placeholder: l10n.t('Write what is shown to these tools? Nothing has been written yet.'),
      items: ready.map((one) => ({
        label: one.look.client.name,
        description: one.prepared.setup.model,
        detail: one.prepared.preview.files.map(({ path }) => path).join(', '),
        value: one,
        selected: true,
      })),
    });
    return answer.is === 'value' ? answer.value : [];
  } finally {
    await shown.close();
  }
}

async function tellNothing(context: ToolContext, [first]: readonly Not[]): Promise<void> {
  if (first) return await tellRefusal(context, first.refusal);
  await context.ui.tell('info', l10n.t('There is no tool that is not set up already.'));
}

async function tellDone(context: ToolContext, done: readonly Ready[], [failed]: readonly Not[]): Promise<void> {
  const { ui, desk } = context;
  if (failed) void tellRefusal(context, failed.refusal);
  if (done.length === 0) return;
  const names = done.map(({ look }) => look.client.name).join(', ');
  const then = afterwardsOfAll(done.map(({ look }) => look.client));
  const takeBack = l10n.t('Undo');
  const said = await ui.tell('info', [l10n.t('Set up, each with a key of its own: {0}.', names), ...then].join(' '), takeBack);
  if (said !== takeBack) return;
  const { setup } = await desk.box();
  const kept: string[] = [];
  for (const { look } of done.toReversed()) {
    const undone = await setup.undo(look.client);
    if (!undone.ok) kept.push(undone.refusal.message);
    await desk.lookAt(look.client);
  }
  await ui.tell(kept.length > 0 ? 'warning' : 'info', [l10n.t('Taken back: {0}.', names), ...kept].join(' '));
}

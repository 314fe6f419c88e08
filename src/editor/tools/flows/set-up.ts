import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { Prepared, Written } from '../../../clients/tool-setup.ts';
import { afterwardsWords, placeWords } from '../words.ts';
import { chooseModel } from './choose-model.ts';
import { copilotOf, type ToolContext, tellRefusal } from './context.ts';
import { followInstructions } from './instructions.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';

/** Model, preview, yes, written, said. */
export async function setUp(context: ToolContext, client: Client): Promise<void> {
  const copilot = await copilotOf(context, client);
  if (copilot) return await (await import('../copilot/flow.ts')).setUpCopilot(copilot);
  if (client.instructionsOnly !== undefined) return await followInstructions(context, client);
  const look = await context.desk.lookAt(client);
  if (look.state.is === 'broken') {
    const { path, message, line, column } = look.state;
    const place = placeWords(look.state);
    await context.openFile(path, { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
    await context.ui.tell(
      'error',
      place === undefined ? message : l10n.t('{0} cannot be read, {1}: {2} It is left as it is.', path, place, message),
    );
    return;
  }
  const model = await chooseModel(context, client, look.applied?.model);
  if (model !== undefined) await previewAndWrite(context, client, { model });
}

/** The same without a question about the model: what was set up once is written again as it must be now. */
export async function mend(context: ToolContext, client: Client): Promise<void> {
  const copilot = await copilotOf(context, client);
  if (copilot) return await (await import('../copilot/flow.ts')).bringInStep(copilot);
  await previewAndWrite(context, client, {});
}

async function previewAndWrite(context: ToolContext, client: Client, wish: { model?: string }): Promise<void> {
  const { ui, desk } = context;
  const { setup } = await desk.box();
  const prepared = await setup.prepare(client, wish);
  if (!prepared.ok) return await tellRefusal(context, prepared.refusal);
  if (prepared.preview.unchanged && prepared.key.is === 'good') {
    await setup.write(prepared);
    await desk.lookAt(client);
    await ui.tell('info', l10n.t('{0} is set up already: there is nothing to change.', client.name));
    return;
  }
  if (!(await agreed(context, prepared))) return;
  const written = await setup.write(prepared);
  await desk.lookAt(client);
  if (!written.ok) return await tellRefusal(context, written.refusal);
  await tellWritten(context, prepared, written);
}

/** The change is open beside the question, so the question must let one scroll it: a list, not a dialog. */
async function agreed(context: ToolContext, { client, preview, notes }: Prepared): Promise<boolean> {
  const title = l10n.t('Set Up {0}', client.name);
  const files = preview.files.filter(({ before, after }) => before !== after);
  const shown = await context.showChange(title, files);
  try {
    const answer = await context.ui.pick({
      title,
      stays: true,
      placeholder: l10n.t('Write what is shown? Nothing has been written yet.'),
      items: [
        { label: l10n.t('Apply'), icon: 'check', detail: [fileWords(files), ...notes].join(' '), value: true },
        { label: l10n.t('Cancel'), icon: 'close', value: false },
      ],
    });
    return answer.is === 'value' && answer.value;
  } finally {
    await shown.close();
  }
}

function fileWords(files: Prepared['preview']['files']): string {
  const paths = files.map(({ path }) => path).join(', ');
  return files.some(({ exists }) => exists)
    ? l10n.t('Writes {0}; a copy of what was there is kept beside it.', paths)
    : l10n.t('Writes {0}.', paths);
}

async function tellWritten(context: ToolContext, { client, setup }: Prepared, { keyName }: Written): Promise<void> {
  const [takeBack, wait, reload] = [l10n.t('Undo'), l10n.t('Wait for Its Request'), l10n.t('Reload Window')];
  const done = l10n.t('{0} now asks OmniRoute for {1}, with a key of its own named "{2}".', client.name, setup.model, keyName);
  const then = afterwardsWords(client);
  const buttons = [takeBack, ...(client.afterwards === 'reload-window' ? [reload] : [wait])];
  const chosen = await context.ui.tell('info', [done, then].filter((text) => text !== undefined).join(' '), ...buttons);
  if (chosen === takeBack) await undo(context, client);
  if (chosen === wait) await verify(context, client);
  if (chosen === reload) await context.ui.run('workbench.action.reloadWindow');
}

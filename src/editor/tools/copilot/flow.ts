import * as l10n from '@vscode/l10n';
import type { ToolKey } from '../../../clients/key-keeper.ts';
import { offer } from '../../../clients/offer.ts';
import type { PreviewFile } from '../../../clients/setup-contract.ts';
import { copilot } from '../../../clients/tools/copilot.ts';
import { type ToolContext, tellRefusal } from '../flows/context.ts';
import { GROUP } from './group.ts';
import type { CopilotHost, MadeGroup } from './host.ts';
import type { CopilotGroup } from './keeper.ts';
import { chooseUtility, utilityBack } from './utility.ts';

export interface CopilotContext extends ToolContext {
  host: CopilotHost;
  group: CopilotGroup;
}

type Next = 'create' | 'models' | 'step' | 'utility' | 'utility-back' | 'undo';

/** What can be done for Copilot Chat; its picker has every model already, so that nothing need be. */
export async function setUpCopilot(context: CopilotContext): Promise<void> {
  const { ui, host } = context;
  const made = host.made();
  const answer = await ui.pick<Next>({
    title: l10n.t('Set Up {0}', copilot.name),
    placeholder: l10n.t('Every model is in its picker already, through this extension. What else?'),
    items: [...(made ? madeItems() : [createItem()]), ...utilityItems(host)],
  });
  if (answer.is !== 'value') return;
  switch (answer.value) {
    case 'create':
      return await create(context);
    case 'models':
      return made && (await changeModels(context, made));
    case 'step':
      return await bringInStep(context);
    case 'utility':
      return await chooseUtility(context);
    case 'utility-back':
      return await utilityBack(context);
    case 'undo':
      return await undoCopilot(context);
  }
}

const createItem = (): { label: string; icon: string; detail: string; value: Next } => ({
  label: l10n.t('Add the Group "{0}" of Custom Endpoints…', GROUP.name),
  icon: 'add',
  detail: l10n.t(
    'For profiles in which this extension is off, and for what takes custom endpoints alone. In this profile the models then stand in the picker twice.',
  ),
  value: 'create',
});

const madeItems = (): { label: string; icon: string; detail?: string; value: Next }[] => [
  { label: l10n.t('Choose the Models of the Group…'), icon: 'list-selection', value: 'models' },
  { label: l10n.t('Bring the Group in Step'), icon: 'sync', value: 'step' },
  { label: l10n.t('Take the Group Away'), icon: 'trash', detail: l10n.t('and its key'), value: 'undo' },
];

function utilityItems(host: CopilotHost): { label: string; icon: string; detail: string; value: Next }[] {
  if (!host.utility()) return [];
  const set = {
    label: l10n.t('Utility Models…'),
    icon: 'tools',
    detail: l10n.t('Who writes titles, summaries and commit messages, so that nothing of Copilot needs a plan.'),
    value: 'utility' as const,
  };
  const back = {
    label: l10n.t('Utility Models as They Were'),
    icon: 'discard',
    detail: l10n.t('Takes the two settings back.'),
    value: 'utility-back' as const,
  };
  return host.utilityBefore() ? [set, back] : [set];
}

async function create(context: CopilotContext): Promise<void> {
  const { ui, host, group } = context;
  if (!(await host.canCreate())) {
    await ui.tell('warning', l10n.t('This version of VS Code has no command that adds a group of endpoints with its key.'));
    return;
  }
  const chosen = await chooseModels(context, undefined);
  if (!chosen) return;
  const files = await group.previewNew(await group.wanted({ chosen: chosen.names }));
  const answer = await agreed(context, files, true);
  if (answer === 'no') return;
  const waited = await ui.progress(l10n.t('Adding the group to Copilot Chat…'), () => group.make(chosen.names));
  if (waited.is === 'cancelled') return;
  await host.keepInStep(answer === 'in-step');
  await tellMade(context, waited.value);
}

async function tellMade(context: CopilotContext, { keyName, path }: { keyName: string; path: string | undefined }): Promise<void> {
  const takeBack = l10n.t('Undo');
  const done = l10n.t('Copilot Chat has the group "{0}", with a key of its own named "{1}".', GROUP.name, keyName);
  const far = l10n.t('Its file is on another machine: it cannot be kept in step from this window.');
  await context.desk.lookAt(copilot);
  const said = await context.ui.tell('info', path === undefined ? `${done} ${far}` : done, takeBack);
  if (said === takeBack) await undoCopilot(context);
}

/** `names` undefined: whatever is offered, also later. */
async function chooseModels(
  { ui, group }: CopilotContext,
  before: readonly string[] | undefined,
): Promise<{ names: string[] | undefined } | undefined> {
  const models = await group.models();
  const usual = new Set(offer(models, undefined).models.map(({ name }) => name));
  const selected = before ? new Set(before) : usual;
  const answer = await ui.pickMany({
    title: l10n.t('Models of the Group'),
    placeholder: l10n.t('Tick the models Copilot Chat shall list. Left as it is, it follows what the gateway offers.'),
    items: models.map(({ name, title }) => ({
      label: name,
      ...(title === name ? {} : { description: title }),
      value: name,
      selected: selected.has(name),
    })),
  });
  if (answer.is !== 'value' || answer.value.length === 0) return undefined;
  const isUsual = answer.value.length === usual.size && answer.value.every((name) => usual.has(name));
  return { names: isUsual ? undefined : answer.value };
}

async function changeModels(context: CopilotContext, made: MadeGroup): Promise<void> {
  const chosen = await chooseModels(context, made.chosen);
  if (chosen) await step(context, { ...made, chosen: chosen.names });
}

/** Brings the group in step with the gateway after showing the change; makes it anew where it, or its key, is gone. */
export async function bringInStep(context: CopilotContext): Promise<void> {
  const { host, group, ui } = context;
  const made = host.made();
  if (!made) return await create(context);
  const place = made.path === undefined ? undefined : await group.place(made.path);
  if (place?.is === 'broken') return await context.openFile(made.path ?? '', place.problem);
  const key = await group.key();
  if (needsNew(key) || place?.is === 'absent') return await makeAnew(context, made);
  if (!place) {
    await ui.tell('info', l10n.t('Its file is on another machine: it cannot be kept in step from this window.'));
    return;
  }
  await step(context, made);
}

const needsNew = (key: ToolKey): boolean => key.is !== 'good';

async function step(context: CopilotContext, made: MadeGroup): Promise<void> {
  const { group, ui, desk } = context;
  const planned = await group.previewStep(made);
  if (planned.files.length === 0) {
    await group.writeStep(made, planned);
    await ui.tell('info', [l10n.t('The group is in step.'), ...planned.kept].join(' '));
  } else if ((await agreed(context, planned.files, false, planned.kept)) !== 'no') {
    const written = await group.writeStep(made, planned);
    if (!written.ok) await tellRefusal(context, written.refusal);
    else await ui.tell('info', [l10n.t('The group is in step.'), ...planned.kept].join(' '));
  }
  await desk.lookAt(copilot);
}

/** The key of a group is a secret of VS Code, which only a new group gets. */
async function makeAnew(context: CopilotContext, made: MadeGroup): Promise<void> {
  const { group, ui, desk } = context;
  const yes = l10n.t('Add It Anew');
  const question = {
    message: l10n.t('Add the group "{0}" to Copilot Chat anew?', GROUP.name),
    detail: l10n.t('It gets a new key. Changes you made to its models are not carried over.'),
  };
  if ((await ui.confirm(question, yes)) !== yes) return;
  const removed = await group.remove(made);
  if (!removed.ok) return await tellRefusal(context, removed.refusal);
  await group.make(made.chosen);
  await desk.lookAt(copilot);
}

export async function undoCopilot(context: CopilotContext): Promise<void> {
  const { host, group, ui, desk } = context;
  const made = host.made();
  if (!made) {
    await ui.tell('info', l10n.t('Nothing of OmniRoute is in the settings of {0}.', copilot.name));
    return;
  }
  const removed = await group.remove(made);
  await desk.lookAt(copilot);
  if (!removed.ok) return await tellRefusal(context, removed.refusal);
  await host.keepInStep(false);
  const where = made.path === undefined ? l10n.t('Take the group itself out in "Chat: Manage Language Models".') : undefined;
  await ui.tell(
    'info',
    [l10n.t('The group "{0}" and its key are taken away.', GROUP.name), ...removed.value, where]
      .filter((text) => text !== undefined)
      .join(' '),
  );
}

async function agreed(
  { ui, showChange }: CopilotContext,
  files: readonly PreviewFile[],
  isNew: boolean,
  kept: readonly string[] = [],
): Promise<'in-step' | 'once' | 'no'> {
  const title = l10n.t('Set Up {0}', copilot.name);
  const shown = await showChange(title, files);
  const inStep = {
    label: l10n.t('Add, and Keep in Step'),
    icon: 'sync',
    detail: l10n.t('when the gateway’s models change; the setting omniroute.autoSetup says so'),
    value: 'in-step' as const,
  };
  const once = { label: isNew ? l10n.t('Add') : l10n.t('Apply'), icon: 'check', detail: kept.join(' '), value: 'once' as const };
  try {
    const answer = await ui.pick({
      title,
      stays: true,
      placeholder: l10n.t('Write what is shown? Nothing has been written yet.'),
      items: [...(isNew ? [inStep] : []), once, { label: l10n.t('Cancel'), icon: 'close', value: 'no' as const }],
    });
    return answer.is === 'value' ? answer.value : 'no';
  } finally {
    await shown.close();
  }
}

import * as l10n from '@vscode/l10n';
import { copilot } from '../../../clients/tools/copilot.ts';
import { listedModels } from '../../model-list/listed.ts';
import { modelItems } from '../flows/choose-model.ts';
import type { CopilotContext } from './flow.ts';

/** Our own provider in VS Code's model picker; the settings take `vendor/id`. */
const VENDOR = 'omniroute';

/** Sets who does the background work of Copilot Chat: two settings of VS Code, and what they were before is kept. */
export async function chooseUtility(context: CopilotContext): Promise<void> {
  const { ui, host, group } = context;
  const before = host.utility();
  if (!before) return;
  const isListed = listedIn(context);
  const answer = await ui.pick({
    title: l10n.t('Utility Models of {0}', copilot.name),
    placeholder: l10n.t('Which model shall write titles, summaries and commit messages? A small, quick one does.'),
    items: group.models().then((models) =>
      modelItems(
        models.filter(({ name }) => isListed(name)),
        isListed('auto') ? 'auto' : undefined,
      ),
    ),
  });
  if (answer.is !== 'value') return;
  const value = `${VENDOR}/${answer.value}`;
  const yes = l10n.t('Apply');
  const detail = ['chat.utilityModel', 'chat.utilitySmallModel']
    .map((name) => `${name}: ${(name === 'chat.utilityModel' ? before.utilityModel : before.utilitySmallModel) || '–'} → ${value}`)
    .join('\n');
  if ((await ui.confirm({ message: l10n.t('Change these settings of VS Code?'), detail }, yes)) !== yes) return;
  if (!host.utilityBefore()) await host.setUtilityBefore(before);
  await host.setUtility({ utilityModel: value, utilitySmallModel: value });
  const takeBack = l10n.t('Undo');
  if ((await ui.tell('info', l10n.t('Copilot Chat’s background work goes to {0}.', answer.value), takeBack)) === takeBack)
    await utilityBack(context);
}

/** Copilot Chat finds models only that our provider lists. */
function listedIn({ live: { snapshot }, host }: CopilotContext): (name: string) => boolean {
  if (!snapshot.loaded) return () => true;
  const names = new Set(listedModels(snapshot.models, snapshot.accounts, host.hidden()).map(({ name }) => name));
  return (name) => names.has(name);
}

/** What was changed since stays: only what is still ours is taken back. */
export async function utilityBack({ ui, host }: CopilotContext): Promise<void> {
  const [before, now] = [host.utilityBefore(), host.utility()];
  if (!before || !now) return;
  const back = (is: string, was: string): string => (is.startsWith(`${VENDOR}/`) ? was : is);
  await host.setUtility({
    utilityModel: back(now.utilityModel, before.utilityModel),
    utilitySmallModel: back(now.utilitySmallModel, before.utilitySmallModel),
  });
  await host.setUtilityBefore(undefined);
  await ui.tell('info', l10n.t('The utility models are as they were before.'));
}

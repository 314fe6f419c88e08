import * as l10n from '@vscode/l10n';
import { vscodeCopilot } from '../../providers/catalogue/vscode-copilot.ts';
import { vscodeLm } from '../../providers/catalogue/vscode-lm.ts';
import type { AdminApi } from '../admin/api.ts';
import type { Ui } from '../input/ui.ts';
import type { EditorApi, EditorModel } from './editor-api.ts';
import { failureOf } from './failure.ts';
import { type ModelSource, modelsOf } from './models.ts';
import { justification } from './to-editor.ts';

export interface SwitchContext extends ModelSource {
  api: EditorApi;
  /** What the user answered to VS Code's question about this vendor. */
  answered(vendor: string, allowed: boolean): void;
  ui: Ui;
  admin: Pick<AdminApi, 'accounts' | 'addAccount' | 'removeAccount' | 'resetHealth'>;
  setEnabled(value: boolean): Promise<void>;
}

const PROVIDERS = [vscodeCopilot, vscodeLm];
const OURS: ReadonlySet<string> = new Set(PROVIDERS.map(({ id }) => id));

/** Shows the terms, turns the bridge on, asks for VS Code's consent, and adds the accounts. Changes nothing before the user agreed. */
export async function turnOn(context: SwitchContext): Promise<void> {
  const { ui, admin } = context;
  const models = await allModels(context);
  if (models.length === 0) {
    await ui.tell(
      'info',
      l10n.t(
        'This editor offers no models to extensions yet. Sign in to GitHub Copilot, or install an extension that has models, and try again.',
      ),
    );
    return;
  }
  const yes = l10n.t('Turn On');
  const notices = PROVIDERS.map(({ name, terms }) => `${name}\n${terms.notice}`).join('\n\n');
  if ((await ui.confirm({ message: l10n.t('Let the gateway use the models of this editor?'), detail: notices }, yes)) !== yes) return;
  await context.setEnabled(true);
  const there = new Set((await admin.accounts()).map(({ provider }) => provider));
  for (const { id } of PROVIDERS) if (!there.has(id)) await admin.addAccount({ provider: id, noKey: true, test: false });
  const refused = await askConsent(context, models);
  await tellResult(context, models, refused);
}

/** Takes the accounts away, and with them the models. */
export async function turnOff({ admin, setEnabled, ui }: SwitchContext): Promise<void> {
  await setEnabled(false);
  for (const { id, provider } of await admin.accounts()) if (OURS.has(provider)) await admin.removeAccount(id);
  await ui.tell('info', l10n.t('The gateway no longer uses the models of this editor.'));
}

/**
 * Makes one request of each vendor, cancelled beforehand: VS Code asks the user for his consent all the same, where it needs one,
 * and the model does no work (1.139). Must be called for something the user did. Gives the vendors that were refused.
 */
export async function askConsent(context: SwitchContext, models: readonly EditorModel[]): Promise<string[]> {
  const wanting = new Map<string, EditorModel>();
  for (const model of models) if (!wanting.has(model.vendor)) wanting.set(model.vendor, model);
  const refused: string[] = [];
  if (wanting.size > 0) {
    await context.ui.progress(l10n.t('Asking VS Code for consent…'), async (signal) => {
      for (const [vendor, model] of wanting) {
        if (signal.aborted) break;
        const allowed = await isAllowed(context.api, model);
        context.answered(vendor, allowed);
        if (!allowed) refused.push(vendor);
      }
    });
  }
  await resetHealth(context);
  return refused;
}

/** What was refused for lack of consent may be asked again. */
export async function resetHealth({ admin }: Pick<SwitchContext, 'admin'>): Promise<void> {
  for (const { id, provider } of await admin.accounts()) if (OURS.has(provider)) await admin.resetHealth({ account: id });
}

async function isAllowed(api: EditorApi, model: EditorModel): Promise<boolean> {
  const source = new api.CancellationTokenSource();
  source.cancel();
  const words = new api.LanguageModelTextPart('Answer with the word "ready".');
  try {
    const message = new api.LanguageModelChatMessage(api.LanguageModelChatMessageRole.User, [words]);
    await model.sendRequest([message], { justification: justification() }, source.token);
    return true;
  } catch (error) {
    // Any other failure comes from the model: it was asked.
    return failureOf(error, model).code !== 'consent_needed';
  } finally {
    source.dispose();
  }
}

async function allModels(context: SwitchContext): Promise<EditorModel[]> {
  return [...(await modelsOf('copilot', context)), ...(await modelsOf('lm', context))];
}

async function tellResult({ ui }: SwitchContext, models: readonly EditorModel[], refused: readonly string[]): Promise<void> {
  const ready = models.filter(({ vendor }) => !refused.includes(vendor)).length;
  if (refused.length === 0) {
    await ui.tell('info', l10n.t('Models of this editor that the gateway can use, as gh/… and lm/…: {0}.', ready));
    return;
  }
  const list = refused.join(', ');
  await ui.tell('warning', l10n.t('Models of this editor that can be used: {0}. VS Code did not allow those of: {1}.', ready, list));
}

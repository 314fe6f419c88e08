import * as l10n from '@vscode/l10n';
import { type AdminApi, AdminError, type ComboConfig } from '../../../admin/api.ts';
import { bare } from '../../../views/combos/arrange.ts';
import type { comboCalls, FirstAsked } from '../../contract/calls/combos.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function comboHandlers({ admin, live }: DashboardDeps): Pick<Handlers, keyof typeof comboCalls> {
  return {
    saveCombo: async ({ combo, isNew }) => {
      if (isNew) await refuseTaken(admin, combo);
      const saved = await admin.saveCombo(combo.name, bare(combo));
      await live.refresh('combos', 'models');
      return saved;
    },
    explain: async (query, signal) => await admin.explain(query, signal),
    firstAsked: async ({ names }, signal) => await Promise.all(names.map((name) => firstAsked(admin, name, signal))),
  };
}

/** The gateway replaces what has the name already; who makes a new combo does not mean that. */
async function refuseTaken(admin: AdminApi, { name }: ComboConfig): Promise<void> {
  const combos = await admin.combos();
  if (!combos.some((combo) => combo.name === name)) return;
  throw new AdminError(409, l10n.t('There is a combo named "{0}" already.', name), 'duplicate', 'name');
}

async function firstAsked(admin: AdminApi, name: string, signal: AbortSignal): Promise<FirstAsked> {
  try {
    const { steps } = await admin.explain({ model: name }, signal);
    const [step] = steps;
    return { name, step: step ? { target: step.target, account: step.account } : null };
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    return { name, step: null, refused: error.message };
  }
}

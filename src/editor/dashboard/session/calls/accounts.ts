import type { Provider } from '../../../../providers/provider.ts';
import { factsFrom } from '../../../views/provider-facts.ts';
import { writePriorities } from '../../../views/providers/move-accounts.ts';
import { modelsByAccount } from '../../../views/providers/nodes.ts';
import type { accountCalls, ProviderShown } from '../../contract/calls/accounts.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function accountHandlers({ admin, live }: DashboardDeps): Pick<Handlers, keyof typeof accountCalls> {
  return {
    providers: async ({ ids }) => {
      // The catalogue is big, and nobody needs it before.
      const { providerById } = await import('../../../../providers/catalogue.ts');
      return [...new Set(ids)].flatMap((id) => {
        const known = providerById(id);
        return known ? [shown(known)] : [];
      });
    },
    modelCounts: async () => {
      const counts = [...modelsByAccount(live.snapshot.models)].map(([account, models]) => [account, models.length] as const);
      return Object.fromEntries(counts);
    },
    testAccount: async ({ account }, signal) => {
      const result = await admin.testAccount(account, undefined, signal);
      void live.refresh('accounts', 'health', 'models');
      return result;
    },
    arrangeAccounts: async ({ priorities }) => {
      try {
        await writePriorities(
          admin,
          priorities.map(({ account, priority }) => [account, priority]),
        );
      } finally {
        await live.refresh('accounts');
      }
      return null;
    },
  };
}

function shown(provider: Provider): ProviderShown {
  const { name, keyUrl, notice, baseUrl } = factsFrom(provider);
  const given = (provider.parameters ?? []).filter(({ derived }) => !derived);
  return {
    id: provider.id,
    name,
    keyUrl,
    notice,
    baseUrl,
    customBaseUrl: provider.customBaseUrl === true,
    parameters: given.map(({ name, label, example, default: standard, optional }) => ({
      name,
      label,
      example,
      default: standard,
      optional,
    })),
  };
}

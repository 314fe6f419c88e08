import type { PricesConfig } from '../../../../config/prices.ts';
import type { PriceRow, settingsCalls } from '../../contract/calls/settings.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function settingsHandlers({ admin, dataDir }: DashboardDeps): Pick<Handlers, keyof typeof settingsCalls> {
  return {
    settings: async (_params, signal) => await admin.settingsWith(signal),
    changeSettings: async ({ patch }) => await admin.editSettingsWith(patch),
    prices: async (_params, signal) => rowsOf(await admin.prices(signal)),
    savePrices: async ({ prices }) =>
      rowsOf(await admin.savePrices(Object.fromEntries(prices.map(({ pattern, ...price }) => [pattern, price])))),
    // The folder is this machine's, as the gateway is.
    copies: async () => await (await import('../../../../backup/copies.ts')).listCopies(dataDir),
  };
}

function rowsOf(prices: PricesConfig): PriceRow[] {
  return Object.entries(prices).map(([pattern, price]) => ({ pattern, ...price }));
}

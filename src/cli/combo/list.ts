import { parseArgs } from 'node:util';
import type { ComboConfig } from '../../config/combos.ts';
import { ConfigFile } from '../../config/file.ts';
import { amountText } from '../amounts.ts';
import { dataFolder, type Io, writeList } from '../io.ts';
import { noNames } from '../subcommands.ts';

/** `omniroute combo list`. */
export async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'combo list');
  const { combos } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const rows = combos.map((entry) => {
    const bounds = boundsText(entry);
    return [entry.name, entry.strategy, entry.targets.join(', '), ...(bounds ? [bounds] : [])];
  });
  writeList(io, { json: values.json }, combos, rows, 'No combos yet: "omniroute combo set NAME MODEL MODEL…" makes one.');
  return 0;
}

/** What differs from a plain combo, in words. */
function boundsText(entry: ComboConfig): string {
  return [
    entry.enabled ? '' : 'disabled',
    entry.deadlineMs === undefined ? '' : `within ${entry.deadlineMs} ms`,
    entry.maxAttempts === undefined ? '' : `${entry.maxAttempts} attempts`,
    entry.fallbackOn ? `falls back on ${entry.fallbackOn.join(', ')}` : '',
    entry.affinity ? '' : 'no affinity',
    ...(entry.budgets ?? []).map((budget) => `${budget.tier} at most ${amountText(budget)} a ${budget.period}`),
  ]
    .filter(Boolean)
    .join('; ');
}

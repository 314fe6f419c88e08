import { parseArgs } from 'node:util';
import { saveBudgets } from '../accounts/manage.ts';
import { type BudgetConfig, TIERS } from '../config/budgets.ts';
import { ConfigFile } from '../config/file.ts';
import { amountText } from './amounts.ts';
import { scopeText } from './budget-text.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, UsageError, writeList } from './io.ts';
import { decimalOption, numberOption, oneOf } from './options.ts';
import { noNames, subcommands, theName } from './subcommands.ts';

/** `omniroute budget …`: limits on what is spent by a key, an account, a provider, a tier, or by everything. */
export const budget = subcommands('budget', { set, list, remove });

const SET_OPTIONS = {
  key: { type: 'string' },
  account: { type: 'string' },
  provider: { type: 'string' },
  tier: { type: 'string' },
  per: { type: 'string' },
  usd: { type: 'string' },
  tokens: { type: 'string' },
  requests: { type: 'string' },
  soft: { type: 'boolean' },
  'warn-at': { type: 'string' },
  data: { type: 'string' },
} as const;

type SetValues = Partial<Record<Exclude<keyof typeof SET_OPTIONS, 'soft'>, string>> & { soft?: boolean };

/** A budget of the same scope, period and mode is replaced. */
async function set(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: SET_OPTIONS });
  noNames(positionals, 'budget set');
  const wanted = budgetFrom(values);
  const at = await new ConfigFile(dataFolder(values.data, io.env)).update((config) => {
    const same = config.budgets.findIndex((entry) => scopeText(entry) === scopeText(wanted));
    const place = same < 0 ? config.budgets.length : same;
    saveBudgets(config, same < 0 ? [...config.budgets, wanted] : config.budgets.with(same, wanted));
    return place;
  });
  io.stdout.write(`Budget ${at + 1}: ${scopeText(wanted)}: ${amountText(wanted)}\n`);
  return 0;
}

function budgetFrom(values: SetValues): BudgetConfig {
  if (values.per === undefined) throw new UsageError(`--per day or --per month is missing\n${usageOf('budget set')}`);
  const usd = decimalOption('--usd', values.usd, 0, Number.MAX_VALUE);
  const tokens = numberOption('--tokens', values.tokens, 0);
  const requests = numberOption('--requests', values.requests, 0);
  if (usd === undefined && tokens === undefined && requests === undefined)
    throw new UsageError(`an amount is missing: --usd, --tokens or --requests\n${usageOf('budget set')}`);
  return {
    ...scopeFrom(values),
    period: oneOf('period', values.per, ['day', 'month']),
    ...(usd === undefined ? {} : { usd }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(requests === undefined ? {} : { requests }),
    mode: values.soft ? 'soft' : 'hard',
    warnAt: decimalOption('--warn-at', values['warn-at'], 1, 100) ?? 80,
  };
}

function scopeFrom({ key, account, provider, tier }: SetValues): Pick<BudgetConfig, 'key' | 'account' | 'provider' | 'tier'> {
  return {
    ...(key === undefined ? {} : { key }),
    ...(account === undefined ? {} : { account }),
    ...(provider === undefined ? {} : { provider }),
    ...(tier === undefined ? {} : { tier: oneOf('tier', tier, TIERS) }),
  };
}

async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'budget list');
  const { budgets } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const rows = budgets.map((entry, at) => [String(at + 1), scopeText(entry), `${amountText(entry)}, warns at ${entry.warnAt} %`]);
  writeList(io, { json: values.json }, budgets, rows, 'No budgets yet: "omniroute budget set --per day --usd 5" makes one.');
  return 0;
}

async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const at = numberOption('budget remove', theName(positionals, 'budget remove', 'a number')) ?? 0;
  const gone = await new ConfigFile(dataFolder(values.data, io.env)).update((config) => {
    const entry = config.budgets[at - 1];
    if (!entry) throw new Error(`There is no budget ${at}; "omniroute budget list" numbers them.`);
    config.budgets = config.budgets.toSpliced(at - 1, 1);
    return entry;
  });
  io.stdout.write(`Removed: ${scopeText(gone)}: ${amountText(gone)}\n`);
  return 0;
}

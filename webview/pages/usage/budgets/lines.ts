import type { BudgetConfig, BudgetEntry } from '../../../../src/editor/admin/api.ts';

/** A budget as it is shown: how it is set, and how it stands. */
export interface BudgetLine {
  key: string;
  /** `undefined`: a combo's own, which is set where the combo is. */
  config: BudgetConfig | undefined;
  /** `undefined`: the gateway has not counted for it yet. */
  state: BudgetEntry | undefined;
}

const SCOPES = ['key', 'account', 'provider', 'tier'] as const;

/**
 * The budgets of the config, each with its state, then those of combos. They are read at different moments, so a state is a budget's when
 * both say the same of whom it concerns, how long, how hard and how much.
 */
export function linesOf(configs: readonly BudgetConfig[], states: readonly BudgetEntry[]): BudgetLine[] {
  const left = [...states];
  const own = configs.map((config, at): BudgetLine => {
    const found = left.findIndex((state) => isOf(state, config));
    const [state] = found < 0 ? [] : left.splice(found, 1);
    return { key: `${at} ${marksOf(config)}`, config, state };
  });
  const combos = left.filter(({ about }) => about?.combo !== undefined);
  return [...own, ...combos.map((state, at): BudgetLine => ({ key: `combo ${at} ${state.name}`, config: undefined, state }))];
}

function isOf(state: BudgetEntry, config: BudgetConfig): boolean {
  const { about, name, period, mode, amounts } = state;
  const concerned = about ? about.combo === undefined && SCOPES.every((scope) => about[scope] === config[scope]) : name === nameOf(config);
  const limits = new Map<string, number>(amounts.map(({ unit, limit }) => [unit, limit]));
  const same = (['usd', 'tokens', 'requests'] as const).every((unit) => limits.get(unit) === config[unit]);
  return concerned && same && period === config.period && mode === config.mode;
}

/** As older gateways name it, which do not say what it concerns: `tier api-key, day`. */
function nameOf(config: BudgetConfig): string {
  const given = SCOPES.flatMap((scope) => (config[scope] === undefined ? [] : [`${scope} ${config[scope]}`]));
  return [...(given.length > 0 ? given : ['everything']), config.period].join(', ');
}

function marksOf(config: BudgetConfig): string {
  return JSON.stringify([nameOf(config), config.mode]);
}

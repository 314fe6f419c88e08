import { TIERS, type TierBudgetConfig } from '../../config/budgets.ts';
import { type ComboConfig, STRATEGIES } from '../../config/combos.ts';
import { FAILURE_CLASSES } from '../../conversation/error.ts';
import { UsageError } from '../io.ts';
import { listOption, NONE, numberOption, oneOf, orNone } from '../options.ts';

export const SET_OPTIONS = {
  strategy: { type: 'string' },
  deadline: { type: 'string' },
  'max-attempts': { type: 'string' },
  'fallback-on': { type: 'string' },
  affinity: { type: 'boolean' },
  'no-affinity': { type: 'boolean' },
  disabled: { type: 'boolean' },
  budget: { type: 'string', multiple: true },
  force: { type: 'boolean' },
  data: { type: 'string' },
} as const;

export interface SetValues {
  strategy?: string;
  deadline?: string;
  'max-attempts'?: string;
  'fallback-on'?: string;
  affinity?: boolean;
  'no-affinity'?: boolean;
  disabled?: boolean;
  budget?: string[];
}

type Draft = Partial<ComboConfig> & Pick<ComboConfig, 'name' | 'targets'>;

/** A combo with new targets and the options given; what they do not speak of stays as it was, `none` takes a bound back. */
export function comboFrom(before: ComboConfig | undefined, name: string, targets: string[], values: SetValues): Draft {
  const combo: Draft = { ...before, name, targets };
  if (values.strategy !== undefined) combo.strategy = oneOf('strategy', values.strategy, STRATEGIES);
  put(
    combo,
    'deadlineMs',
    orNone(values.deadline, (text) => numberOption('--deadline', text)),
  );
  put(
    combo,
    'maxAttempts',
    orNone(values['max-attempts'], (text) => numberOption('--max-attempts', text)),
  );
  put(combo, 'fallbackOn', orNone(values['fallback-on'], classes));
  put(combo, 'budgets', tierBudgets(values.budget));
  if (values.affinity && values['no-affinity']) throw new UsageError('--affinity or --no-affinity, not both');
  if (values.affinity || values['no-affinity']) combo.affinity = values.affinity === true;
  if (values.disabled) combo.enabled = false;
  return combo;
}

/** Sets a field that was given, takes back one that is null. */
function put<K extends 'deadlineMs' | 'maxAttempts' | 'fallbackOn' | 'budgets'>(combo: Draft, field: K, value: Draft[K] | null): void {
  if (value === null) delete combo[field];
  else if (value !== undefined) combo[field] = value;
}

function classes(text: string): ComboConfig['fallbackOn'] {
  return listOption('--fallback-on', text)?.map((word) => oneOf('class', word, FAILURE_CLASSES));
}

function tierBudgets(texts: string[] | undefined): TierBudgetConfig[] | null | undefined {
  if (texts === undefined) return undefined;
  return texts.includes(NONE) ? null : texts.map(tierBudget);
}

const UNITS = ['usd', 'tokens', 'requests'] as const;

/** `api-key:day:5usd`. */
function tierBudget(text: string): TierBudgetConfig {
  const [tier, period, amount = '', ...more] = text.split(':');
  const [, number, unit] = /^(\d+(?:\.\d+)?)(usd|tokens|requests)$/.exec(amount) ?? [];
  const field = UNITS.find((entry) => entry === unit);
  if (!tier || !period || !field || more.length > 0)
    throw new UsageError(`--budget takes TIER:PERIOD:AMOUNT such as api-key:day:5usd (usd, tokens or requests), not "${text}"`);
  return {
    tier: oneOf('tier', tier, TIERS),
    period: oneOf('period', period, ['day', 'month']),
    [field]: Number(number),
    mode: 'hard',
    warnAt: 80,
  };
}

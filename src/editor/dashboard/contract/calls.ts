import type * as z from 'zod';
import { accountCalls } from './calls/accounts.ts';
import { budgetCalls } from './calls/budgets.ts';
import { captureCalls } from './calls/captures.ts';
import { comboCalls } from './calls/combos.ts';
import { generalCalls } from './calls/general.ts';
import { healthCalls } from './calls/health.ts';
import { logCalls } from './calls/logs.ts';
import { requestCalls } from './calls/requests.ts';
import { settingsCalls } from './calls/settings.ts';
import { toolCalls } from './calls/tools.ts';
import { usageCalls } from './calls/usage.ts';

/** Everything a page can ask, by name. Each area has a file in calls/, and one that answers in ../session/calls/. */
export const CALLS = {
  ...generalCalls,
  ...toolCalls,
  ...comboCalls,
  ...usageCalls,
  ...budgetCalls,
  ...accountCalls,
  ...requestCalls,
  ...captureCalls,
  ...healthCalls,
  ...logCalls,
  ...settingsCalls,
};

export type CallName = keyof typeof CALLS;
/** As the asker writes them. */
export type Params<K extends CallName> = z.input<(typeof CALLS)[K]['params']>;
/** As they are after the check. */
export type Checked<K extends CallName> = z.output<(typeof CALLS)[K]['params']>;
export type Result<K extends CallName> = z.output<(typeof CALLS)[K]['result']>;

export function isCall(name: string): name is CallName {
  return Object.hasOwn(CALLS, name);
}

import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { call } from '../call.ts';

const budgets = answers.budgetList.shape.budgets;
const budget = budgets.element;

/** Budgets of the config; what is spent of them is the slice `budgets`, in the same order, those of combos after them. */
export const budgetCalls = {
  /** With the names of the gateway's keys, which a budget may be for. */
  budgetList: call(z.object({}), z.object({ budgets, keys: z.array(z.string()) })),
  /**
   * Puts `after` in the place of `before` (as it was read; `null`: a new one, at the end), or takes it away (`null`). Refused when it is no
   * longer as it was read. What the gateway finds wrong comes with the path of the field: `budgets[2].usd`.
   */
  saveBudget: call(z.object({ before: budget.nullable(), after: budget.nullable() }), budgets),
};

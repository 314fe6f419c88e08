import { answers } from '../../../admin/answers.ts';
import { call, query } from '../call.ts';

/** Usage & cost, and every sum on other pages. */
export const usageCalls = {
  /** `GET /admin/usage`. */
  usage: call(query, answers.usage.shape.rows),
};

import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { record } from '../../../admin/shapes.ts';
import { call, query } from '../call.ts';

/** The ledger, request by request. Never a prompt or an answer. */
export const requestCalls = {
  /** `GET /admin/requests`, newest first, with how many pass the filters in all. */
  requestPage: call(query, answers.requestPage),
  /** One that is over; `null` when it is still under way, or not (or no longer) kept singly. */
  request: call(z.object({ id: z.string().max(500) }), record.nullable()),
};

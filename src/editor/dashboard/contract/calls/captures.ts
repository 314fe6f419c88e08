import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { call, nothing } from '../call.ts';

/** Whole exchanges, kept only while the user has switched that on. They hold prompts and answers, never credentials. */
export const captureCalls = {
  captures: call(z.object({}), answers.captures),
  /** `null` when it is not, or no longer, kept. */
  capture: call(z.object({ id: z.string().max(500) }), answers.capture.shape.capture.nullable()),
  /** Keeps the newest so many from now on; 0: none, and what is in memory goes. */
  keepCaptures: call(z.object({ last: z.number().int().min(0).max(200) }), nothing),
  /** Forgets all of them. */
  clearCaptures: call(z.object({}), nothing),
};

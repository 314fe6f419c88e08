import * as z from 'zod';
import { LOG_LEVELS } from '../../../../log/levels.ts';
import { LOG_KINDS } from '../../../../log/log-line.ts';
import { answers } from '../../../admin/answers.ts';
import { call } from '../call.ts';

export const logKind = z.enum(LOG_KINDS);

/** The gateway's logs; what is added to them is the topic `logs`. */
export const logCalls = {
  /** The newest lines, oldest first; `before`: older than the line of this id. */
  logs: call(
    z.object({
      kind: logKind,
      limit: z.number().int().min(1).max(1000).optional(),
      level: z.enum(LOG_LEVELS).optional(),
      search: z.string().max(300).optional(),
      before: z.string().max(100).optional(),
    }),
    answers.logs,
  ),
};

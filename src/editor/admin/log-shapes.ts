import * as z from 'zod';
import { LOG_LEVELS } from '../../log/levels.ts';
import type { LogLine } from '../../log/log-line.ts';
import { count, listOf, maybe, text } from './shapes.ts';

const attempt = z.object({
  target: text,
  account: text,
  provider: maybe(z.string()),
  ms: count,
  failure: maybe(z.object({ class: text, status: count })),
  proxy: maybe(z.string().nullable()),
});

const change = z.object({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() });
const audit = z.object({ who: text, what: text, subject: text, changes: listOf(change).catch([]) });

/** One line of a log, as `/admin/logs` gives it. A level of a newer gateway is shown as `info`. */
export const logLine: z.ZodType<LogLine> = z.object({
  id: z.string(),
  time: z.string(),
  level: z.enum(LOG_LEVELS).catch('info'),
  message: text,
  requestId: maybe(z.string()),
  fields: maybe(z.record(z.string(), z.unknown())),
  attempt: maybe(attempt),
  audit: maybe(audit),
});

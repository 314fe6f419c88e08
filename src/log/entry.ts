import * as z from 'zod';
import { LOG_LEVELS, type LogLevel } from './levels.ts';

export { LOG_LEVELS, type LogLevel };

/** Anything; what JSON cannot hold is told in words. */
export type LogFields = Record<string, unknown>;

/** One line of `logs/omniroute.log`. Without secrets. */
export interface LogEntry {
  /** ISO 8601, UTC. */
  time: string;
  level: LogLevel;
  message: string;
  /** The `x-request-id` the client got. */
  requestId?: string | undefined;
  fields?: LogFields | undefined;
}

/** Loose: a newer version may have added to it. */
export const logEntrySchema = z.looseObject({
  time: z.string(),
  level: z.enum(LOG_LEVELS),
  message: z.string(),
  requestId: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});

/** True when an entry of `level` is wanted where `least` is the least urgent level wanted. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(least);
}

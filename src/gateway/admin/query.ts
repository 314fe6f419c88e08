import * as z from 'zod';
import { pastMoment } from '../../config/duration.ts';

// What parameters of several routes are made of.

export const word = z.string().min(1).max(300);

/** `7d`, `2026-11-22`, an ISO 8601 time, or milliseconds since the epoch. */
export const moment = word.transform((text, context) => {
  const at = /^\d{10,}$/.test(text) ? Number(text) : pastMoment(text, Date.now());
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'takes a duration (7d), a day (2026-11-22), an ISO time or milliseconds' });
  return z.NEVER;
});

export const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');

/** The gateway's key may come as `?key=`: it is no parameter of the question. */
export function given({ key: _, ...query }: Record<string, string>): Record<string, string> {
  return query;
}

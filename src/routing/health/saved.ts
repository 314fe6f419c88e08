import * as z from 'zod';
import { CAUSES } from './cause.ts';
import { LONGEST_MS } from './note.ts';

const time = z.number().int().nonnegative();
const count = z.number().int().min(0).max(1_000_000);
const text = z.string().max(2000);

const noteRow = z.object({
  account: text.min(1),
  model: text.optional(),
  cause: z.enum(CAUSES),
  since: time,
  until: time.optional(),
  failures: count,
  message: text,
  ours: z.boolean().optional(),
});
export type NoteRow = z.infer<typeof noteRow>;

const breakerRow = z.object({ name: text.min(1), failures: count, opened: count, until: time, slow: z.boolean(), message: text });
export type BreakerRow = z.infer<typeof breakerRow>;

const latencyRow = z.object({ account: text.min(1), model: text, ms: z.number().nonnegative(), at: time });
export type LatencyRow = z.infer<typeof latencyRow>;

export interface SavedHealth {
  notes: NoteRow[];
  breakers: BreakerRow[];
  latency: LatencyRow[];
}

const shape = z.object({
  notes: z.array(z.unknown()).catch([]),
  breakers: z.array(z.unknown()).catch([]),
  latency: z.array(z.unknown()).catch([]),
});

/** The rows that can be read and are not over; the rest is dropped without a word. */
export function readSaved(saved: unknown, now: number): SavedHealth {
  const outer = shape.safeParse(saved);
  if (!outer.success) return { notes: [], breakers: [], latency: [] };
  const ahead = (until: number | undefined): boolean => until === undefined || (until > now && until <= now + LONGEST_MS);
  return {
    // Only a refused credential has no end.
    notes: rows(noteRow, outer.data.notes).filter(({ until, cause }) => ahead(until) && (until !== undefined || cause === 'auth')),
    breakers: rows(breakerRow, outer.data.breakers).filter(({ until }) => ahead(until)),
    latency: rows(latencyRow, outer.data.latency),
  };
}

function rows<T>(schema: z.ZodType<T>, found: readonly unknown[]): T[] {
  return found.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

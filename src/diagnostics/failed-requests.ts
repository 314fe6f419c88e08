import * as z from 'zod';

const SHOWN = 50;
const PERCENT = [50, 95, 99] as const;

/** Of a code only what a program wrote: a provider may put a sentence there. */
const code = z
  .string()
  .transform((text) => (/^[\w.:-]{1,64}$/.test(text) ? text : '(not a code)'))
  .optional()
  .catch(undefined);
const word = z
  .string()
  .transform((text) => text.slice(0, 120))
  .optional()
  .catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** Of a RequestRecord, what may be shown: no message, nothing a user wrote but names. Everything else is left out. */
const shownRecord = z.object({
  id: word,
  at: z.number(),
  client: word,
  clientVersion: word,
  dialect: word,
  targetDialect: word,
  requested: word,
  target: word,
  account: word,
  provider: word,
  model: word,
  combo: word,
  attempts: z
    .array(z.object({ target: word, account: word, ms: number, class: code, status: number }))
    .optional()
    .catch(undefined),
  skipped: z
    .array(z.object({ target: word, account: word, reason: code }))
    .optional()
    .catch(undefined),
  streamed: flag,
  firstByteMs: number,
  totalMs: number,
  finish: code,
  status: number,
  error: z.object({ class: code, code }).optional().catch(undefined),
  cancelled: flag,
});
type Shown = z.infer<typeof shownRecord>;

const listed = z.looseObject({ requests: z.array(z.unknown()) });

/** The requests of `GET /admin/requests`, oldest first. */
export function readRequests(body: unknown): Shown[] {
  return listed
    .parse(body)
    .requests.flatMap((entry) => shownRecord.safeParse(entry).data ?? [])
    .sort((a, b) => a.at - b.at);
}

/** The newest that failed, newest last; those the client gave up are no failures. */
export function failedRequests(requests: readonly Shown[]): unknown[] {
  return requests
    .filter(({ error, status, cancelled }) => !cancelled && (error !== undefined || (status ?? 0) >= 400))
    .slice(-SHOWN)
    .map((request) => ({ ...request, at: new Date(request.at).toISOString() }));
}

/** How long requests took, by target: how many, and percentiles in milliseconds of those that were answered. */
export function timings(requests: readonly Shown[]): unknown[] {
  return [...grouped(requests)].map(([target, all]) => {
    const answered = all.filter(({ error, cancelled }) => error === undefined && !cancelled);
    const measured = (field: 'firstByteMs' | 'totalMs') => percentiles(answered.flatMap((entry) => entry[field] ?? []));
    return { target, requests: all.length, answered: answered.length, firstByteMs: measured('firstByteMs'), totalMs: measured('totalMs') };
  });
}

function grouped(requests: readonly Shown[]): Map<string, Shown[]> {
  const groups = new Map<string, Shown[]>();
  for (const request of requests) {
    const target = request.target ?? '(none)';
    groups.set(target, [...(groups.get(target) ?? []), request]);
  }
  return groups;
}

function percentiles(values: number[]): Record<string, number> | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (percent: number): number => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return Object.fromEntries(PERCENT.map((percent) => [`p${percent}`, Math.round(at(percent))]));
}

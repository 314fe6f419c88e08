import * as z from 'zod';
import type { QuotaReader } from '../../../providers/provider.ts';
import type { QuotaReading, ReadWindow } from '../types.ts';
import { field, momentOf, ofMinutes, windowOf } from '../values.ts';

type Minimax = Extract<QuotaReader, { form: 'minimax' }>;

const remains = {
  model_name: field.text,
  start_time: field.any,
  end_time: field.any,
  current_interval_status: field.number,
  current_interval_remaining_percent: field.number,
  current_interval_total_count: field.number,
  current_interval_usage_count: field.number,
  weekly_end_time: field.any,
  current_weekly_status: field.number,
  current_weekly_remaining_percent: field.number,
  current_weekly_total_count: field.number,
  current_weekly_usage_count: field.number,
};
const schema = z.object({
  base_resp: field.object({ status_code: field.number, status_msg: field.text }),
  current_subscribe_title: field.text,
  model_remains: field.list(remains),
});
type Remains = z.infer<z.ZodObject<typeof remains>>;

/** Of `current_…_status`, as tools in public read it: 1 in use, 2 used up, 3 no such limit. Not documented. */
const EXHAUSTED = 2;
const UNLIMITED = 3;

/**
 * For each bucket of models a short window and a week, as per cent that remain; `general` are the text models. Older plans count
 * requests of named models, and their `…_usage_count` is on the coding_plan URL what remains (MiniMax-AI/MiniMax-M2 issue 99): it counts
 * only where the catalogue says what it means.
 */
export function readMinimax(body: unknown, now: number, { usageCount }: Minimax): QuotaReading {
  const { base_resp: status, model_remains: buckets = [], current_subscribe_title: plan } = schema.safeParse(body).data ?? {};
  return {
    ...(plan !== undefined && { plan }),
    windows: buckets.flatMap((bucket) => windowsOf(bucket, now, usageCount)),
    ...(status?.status_code && { refusal: status.status_msg ?? `code ${status.status_code}` }),
  };
}

function windowsOf(bucket: Remains, now: number, meaning: Minimax['usageCount']): ReadWindow[] {
  const name = bucket.model_name;
  const chat = name === undefined || name === 'general' || /^minimax-m/i.test(name);
  const of = { model: name === 'general' || !chat ? undefined : name, overage: true, notChat: !chat };
  const named = ({ id, label }: { id: string; label: string }) =>
    chat ? { id, label } : { id: `${id} ${name}`, label: `${label}, ${name}` };
  return [
    ...counted({
      ...of,
      ...named(ofMinutes(minutesOf(bucket, now) ?? 300)),
      status: bucket.current_interval_status,
      percent: bucket.current_interval_remaining_percent,
      total: bucket.current_interval_total_count,
      usage: bucket.current_interval_usage_count,
      resetsAt: momentOf(bucket.end_time, now),
      meaning,
    }),
    ...counted({
      ...of,
      ...named({ id: '7d', label: '7 days' }),
      status: bucket.current_weekly_status,
      percent: bucket.current_weekly_remaining_percent,
      total: bucket.current_weekly_total_count,
      usage: bucket.current_weekly_usage_count,
      resetsAt: momentOf(bucket.weekly_end_time, now),
      meaning,
    }),
  ];
}

interface Counted {
  id: string;
  label: string;
  model: string | undefined;
  overage: boolean;
  notChat: boolean;
  status: number | undefined;
  percent: number | undefined;
  total: number | undefined;
  usage: number | undefined;
  resetsAt: number | undefined;
  meaning: Minimax['usageCount'];
}

function counted({ status, percent, total = 0, usage, meaning, ...window }: Counted): ReadWindow[] {
  if (status === UNLIMITED) return [];
  const usedPercent = status === EXHAUSTED ? 100 : percent === undefined ? undefined : 100 - percent;
  const counts = total > 0 && meaning !== undefined && usage !== undefined ? { limit: total, [meaning]: usage } : {};
  return windowOf({ ...window, unit: 'limit' in counts ? 'requests' : 'percent', usedPercent, ...counts });
}

/** The short window's length where the body tells it plausibly: whole minutes, a day at most. */
function minutesOf({ start_time: start, end_time: end }: Remains, now: number): number | undefined {
  const [from, to] = [momentOf(start, now), momentOf(end, now)];
  const minutes = from === undefined || to === undefined ? 0 : Math.round((to - from) / 60_000);
  return minutes >= 1 && minutes <= 1440 ? minutes : undefined;
}

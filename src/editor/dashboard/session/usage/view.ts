import * as l10n from '@vscode/l10n';
import { dayOf } from '../../../../ledger/store/time-labels.ts';
import type { AdminApi, UsageRow } from '../../../admin/api.ts';
import type { UsageAsked, UsageView } from '../../contract/calls/usage.ts';
import type { Grouping } from '../../contract/usage/range.ts';
import { addUp, wholeOf } from '../../contract/usage/sums.ts';
import { chartOf } from './chart.ts';
import { type Span, spanOf } from './span.ts';

type Usage = Pick<AdminApi, 'usage'>;
type Query = Record<string, string>;

/** One moment's answers. */
interface Answers {
  total: UsageRow;
  groups: UsageRow[];
  series: UsageRow[];
}

/**
 * Several questions make the page's answer, and requests end between them. They are asked anew until they add up; so many times, as a
 * gateway that is asked fifty times a second is still quicker than that.
 */
const TRIES = 5;

/** Everything the page shows of a range, all of it as of one moment: the groups add up to the total, the chart to the groups. */
export async function usageView(admin: Usage, asked: UsageAsked, signal: AbortSignal, now: number): Promise<UsageView> {
  const span = spanOf(asked.range, now);
  const filter = { ...named(asked.where), since: String(span.since), until: String(span.until) };
  const past = { ...named(asked.where), since: String(span.before.since), until: String(span.before.until) };
  const [answers, before] = await Promise.all([inStep(admin, asked, span, filter, signal, now), admin.usage(past, signal)]);
  const { since, until } = span;
  const { total, groups, series, unit, slots } = answers;
  const empty = total.requests === 0 ? await whyEmpty(admin, asked, span, signal) : undefined;
  return {
    asked,
    since,
    until,
    unit,
    slots,
    total: [total],
    before,
    groups,
    chart: chartOf(asked.of, slots, groups, series),
    ...(empty ? { empty } : {}),
    names: await namesOf(asked, groups),
  };
}

/** The filter as the admin API names it: `key` there is the asker's own. */
export function named({ key, ...where }: UsageAsked['where']): Query {
  const given = Object.entries({ ...where, key_name: key }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

type InStep = Answers & Pick<Span, 'unit' | 'slots'>;

async function inStep(admin: Usage, { by }: UsageAsked, span: Span, filter: Query, signal: AbortSignal, now: number): Promise<InStep> {
  let shown: Pick<Span, 'unit' | 'slots'> = span;
  let answers = await answersOf(admin, by, shown.unit, filter, signal);
  for (let tries = 1; tries < TRIES && !isOne(answers); tries += 1) {
    if (hasLostHours(answers, shown.unit, span, now)) shown = { unit: 'day', slots: [{ label: dayOf(span.since), ahead: false }] };
    answers = await answersOf(admin, by, shown.unit, filter, signal);
  }
  const { unit, slots } = shown;
  return { ...answers, total: isOne(answers) ? answers.total : wholeOf(answers.groups, answers.total), unit, slots };
}

async function answersOf(admin: Usage, by: Grouping, unit: Span['unit'], filter: Query, signal: AbortSignal): Promise<Answers> {
  const [total, groups, series] = await Promise.all([
    admin.usage(filter, signal),
    admin.usage({ ...filter, by }, signal),
    admin.usage({ ...filter, by: `${unit},${by}` }, signal),
  ]);
  const [whole] = total;
  if (!whole) throw new Error(l10n.t('The gateway’s answer to {0} is of a kind this version does not know.', '/admin/usage'));
  return { total: whole, groups, series };
}

function isOne({ total, groups, series }: Answers): boolean {
  return addUp(groups, total) && addUp(series, total);
}

/** Of days kept as sums alone the hours are not known. */
function hasLostHours({ total, groups, series }: Answers, unit: Span['unit'], { until }: Span, now: number): boolean {
  return unit === 'hour' && until <= now && addUp(groups, total) && !addUp(series, total);
}

async function whyEmpty(admin: Usage, { where }: UsageAsked, { since, until }: Span, signal: AbortSignal): Promise<UsageView['empty']> {
  const isFiltered = Object.values(where).some((value) => value !== undefined);
  if (isFiltered && (await some(admin, { since: String(since), until: String(until) }, signal))) return 'filters';
  return (await some(admin, {}, signal)) ? 'range' : 'ever';
}

async function some(admin: Usage, query: Query, signal: AbortSignal): Promise<boolean> {
  const [row] = await admin.usage(query, signal);
  return row !== undefined && row.requests > 0;
}

/** Providers are asked about by their ids; people know their names. */
async function namesOf({ by, where }: UsageAsked, groups: readonly UsageRow[]): Promise<Record<string, string>> {
  const ids = [...(by === 'provider' ? groups.map((row) => row.by[0]) : []), where.provider];
  if (ids.every((id) => !id)) return {};
  // The catalogue is too big for the editor's start.
  const { providerById } = await import('../../../../providers/catalogue.ts');
  return Object.fromEntries(ids.flatMap((id) => (id ? [[id, providerById(id)?.name ?? id]] : [])));
}

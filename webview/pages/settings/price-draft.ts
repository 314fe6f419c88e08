import * as l10n from '@vscode/l10n';
import type { PriceRow } from '../../../src/editor/dashboard/contract/calls/settings.ts';

/** A price as it is being typed. */
export interface PriceDraft {
  pattern: string;
  input: string;
  output: string;
  cacheRead: string;
  cacheWrite: string;
}

export function priceDraft(row: PriceRow | undefined): PriceDraft {
  const text = (usd: number | undefined): string => (usd === undefined ? '' : String(usd));
  return {
    pattern: row?.pattern ?? '',
    input: text(row?.input),
    output: text(row?.output),
    cacheRead: text(row?.cacheRead),
    cacheWrite: text(row?.cacheWrite),
  };
}

export interface PriceProblem {
  field: keyof PriceDraft;
  message: string;
}

/** What is wrong with what was typed; `taken` are the others. */
export function priceProblem(draft: PriceDraft, taken: readonly PriceRow[]): PriceProblem | undefined {
  const pattern = draft.pattern.trim();
  if (pattern === '') return { field: 'pattern', message: l10n.t('Say which models: a name, or a pattern with *.') };
  if (taken.some((row) => row.pattern === pattern))
    return { field: 'pattern', message: l10n.t('There is a price for this pattern already.') };
  for (const field of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) {
    const isOptional = field === 'cacheRead' || field === 'cacheWrite';
    if (draft[field].trim() === '' ? !isOptional : usdOf(draft[field]) === undefined) {
      return { field, message: l10n.t('US dollars from 0 to 1,000,000.') };
    }
  }
  return undefined;
}

/** The price that was typed; `undefined` when something is wrong with it. */
export function readPrice(draft: PriceDraft, taken: readonly PriceRow[]): PriceRow | undefined {
  if (priceProblem(draft, taken)) return undefined;
  const cacheRead = usdOf(draft.cacheRead);
  const cacheWrite = usdOf(draft.cacheWrite);
  return {
    pattern: draft.pattern.trim(),
    input: usdOf(draft.input) ?? 0,
    output: usdOf(draft.output) ?? 0,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

function usdOf(text: string): number | undefined {
  const usd = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(usd) && usd >= 0 && usd <= 1_000_000 ? usd : undefined;
}

import { decimalOption, numberOption, orNone } from '../options.ts';

/** Options that say what an account may be asked. */
export const LIMIT_OPTIONS = {
  rpm: { type: 'string' },
  tpm: { type: 'string' },
  'min-gap': { type: 'string' },
  'max-concurrent': { type: 'string' },
} as const;

export interface LimitValues {
  rpm?: string;
  tpm?: string;
  'min-gap'?: string;
  'max-concurrent'?: string;
}

const FIELDS = { rpm: 'rpm', tpm: 'tpm', 'min-gap': 'minGapMs', 'max-concurrent': 'maxConcurrent' } as const;

/** The limits given, null for those to be taken back; `undefined` when the options say nothing of limits. */
export function limitsFrom(values: LimitValues): Record<string, number | null> | undefined {
  const limits: Record<string, number | null> = {};
  for (const option of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    const value = orNone(values[option], (text) => numberOption(`--${option}`, text));
    if (value !== undefined) limits[FIELDS[option]] = value;
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

export function headroomFrom(text: string | undefined): number | null | undefined {
  return orNone(text, (given) => decimalOption('--headroom', given, 0, 100));
}

export function priorityFrom(text: string | undefined): number | undefined {
  return numberOption('--priority', text, Number.NEGATIVE_INFINITY);
}

import type { RequestRecord } from './record.ts';

/** Reasons to pass over a target that are no fault of it: the user's rules, the request's needs, a full queue. */
const NO_FAULT: ReadonlySet<string> = new Set(['not-allowed', 'incapable', 'busy']);

type Outcome = Pick<RequestRecord, 'status' | 'error' | 'cancelled'>;
type Way = Pick<RequestRecord, 'target' | 'account' | 'attempts' | 'skipped'>;

/** Answered although an attempt failed, or a target was passed over as it could not answer: what `UsageRow.fallbacks` counts. */
export function isFallback(record: Outcome & Way): boolean {
  return isAnswered(record) && (record.attempts.length > 1 || couldNotBeAsked(record));
}

/** The client got its answer, whole. */
export function isAnswered({ status, error, cancelled }: Outcome): boolean {
  return !error && !cancelled && status < 400;
}

/** Somebody else answers than would have first: one who answers at the second try is no fall-back to those who read "via …". */
export function answeredElsewhere(way: Way): boolean {
  const { target, account, attempts } = way;
  return couldNotBeAsked(way) || attempts.some((attempt) => attempt.target !== target || attempt.account !== account);
}

function couldNotBeAsked({ skipped }: Way): boolean {
  return skipped.some(({ reason }) => !NO_FAULT.has(reason));
}

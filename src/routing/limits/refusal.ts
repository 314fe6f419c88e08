import { GatewayError } from '../../conversation/error.ts';

/** The account's turn does not come in time. `why` names the limit; `ms` the time until it is worth trying again, where known. */
export function busy(account: string, why: string, ms: number | undefined): GatewayError {
  return new GatewayError({
    class: 'rate',
    status: 429,
    code: 'account_busy',
    message: `Account "${account}" is busy: ${why}.`,
    ...(ms !== undefined && ms > 0 && { retryAfterMs: Math.ceil(ms) }),
  });
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

import type { Refusal } from '../../clients/setup-contract.ts';
import { type Io, writeJson } from '../io.ts';

/** Says why nothing was written; exit code 1. */
export function refused(refusal: Refusal, io: Io, json: boolean | undefined): number {
  if (json) writeJson(io, { ok: false, ...refusal });
  io.stderr.write(`omniroute: ${refusalText(refusal)}\n`);
  return 1;
}

/** With line and column of a file that does not parse. */
function refusalText(refusal: Refusal): string {
  if (refusal.is !== 'broken') return refusal.message;
  const { line, column } = refusal.problem;
  return /line \d+/i.test(refusal.message) ? refusal.message : `${refusal.message} (line ${line}, column ${column})`;
}

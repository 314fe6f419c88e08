import type { RulesConfig } from '../../../config/rules.ts';
import { GatewayError } from '../../../conversation/error.ts';
import type { ChatRequest } from '../../../conversation/request.ts';
import { type Suspicion, suspicionOf } from './scan.ts';
import { type OutsideText, outsideTexts } from './texts.ts';

/** Points from which a text is spoken of, and from which it is stopped in mode `block` (docs/rules.md has the measure). */
export const WARN_POINTS = 3;
export const BLOCK_POINTS = 4;

/** Characters looked at in one request, newest first. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_WARNINGS = 3;

export interface Guarded {
  warnings: string[];
  refused?: GatewayError;
}

const QUIET: Guarded = { warnings: [] };

/** Looks in tool results and documents for text that poses as instructions. Pure; never throws. */
export function guard(request: ChatRequest, mode: RulesConfig['injectionGuard']): Guarded {
  if (mode === 'off') return QUIET;
  const warnings: string[] = [];
  let left = MOST_CHARACTERS;
  for (const outside of outsideTexts(request)) {
    const suspicion = suspicionOf(outside.text.slice(0, left));
    left -= outside.text.length;
    if (mode === 'block' && suspicion.points >= BLOCK_POINTS) return { warnings, refused: refusal(outside, suspicion) };
    if (suspicion.points >= WARN_POINTS && warnings.length < MOST_WARNINGS) warnings.push(warning(outside, suspicion));
    if (left <= 0) break;
  }
  return { warnings };
}

function warning(outside: OutsideText, suspicion: Suspicion): string {
  return `Possible prompt injection in ${outside.place}: ${described(suspicion)}`;
}

function refusal(outside: OutsideText, suspicion: Suspicion): GatewayError {
  return new GatewayError({
    class: 'policy',
    status: 400,
    code: 'prompt_injection_suspected',
    message:
      `Not sent: ${outside.place} holds what looks like a prompt injection: ${described(suspicion)}. ` +
      'If it is harmless, set settings.rules.injectionGuard to "warn" or "off" in config.json.',
  });
}

function described({ findings }: Suspicion): string {
  return findings.map(({ what, excerpt }) => (excerpt === undefined ? what : `${what} (“${excerpt}”)`)).join(', ');
}

import { openSignature, type Signature, sealSignature } from '../../conversation/signature.ts';
import { ID } from './extension.ts';

/*
 * Gemini 3 hangs a thought signature on a function call and refuses the conversation when it does not come back. A `function_call`
 * item has no field that clients keep (Codex replays name, arguments and call_id), but they replay `encrypted_content` of reasoning
 * items untouched: so a call's signature travels in a reasoning item without text that follows the call and names it.
 */
const BEARER = 'omrcall1.';

export function sealCallSignature(callId: string, signature: Signature): string {
  return `${BEARER}${Buffer.from(callId).toString('base64url')}.${sealSignature(signature, ID)}`;
}

/** What `sealCallSignature` wrote, or `undefined` for reasoning proper. */
export function openCallSignature(sealed: unknown): { callId: string; signature: Signature } | undefined {
  if (typeof sealed !== 'string' || !sealed.startsWith(BEARER)) return undefined;
  const dot = sealed.indexOf('.', BEARER.length);
  if (dot < 0) return undefined;
  const callId = Buffer.from(sealed.slice(BEARER.length, dot), 'base64url').toString();
  return { callId, signature: openSignature(sealed.slice(dot + 1), ID) };
}

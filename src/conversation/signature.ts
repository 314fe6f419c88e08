import type { DialectId } from './dialect-id.ts';

/**
 * An opaque proof that a provider minted a piece of reasoning: Anthropic `signature` / redacted `data`,
 * OpenAI `encrypted_content`, Gemini `thoughtSignature`. Only the dialect (and model) that minted it may see it again.
 */
export interface Signature {
  value: string;
  dialect: DialectId;
  /** The model that minted it, when known. */
  model?: string;
  /** Stands for the provider (with its host, at OpenAI the account) that minted it, when known: a short hash, see `minterOf`. */
  minter?: string;
}

const SEAL = 'omr1.';
/** How any sealed signature begins in base64 (`omr1.W…`): Gemini's `bytes` fields carry it so. */
const SEAL_BASE64 = 'b21yMS5';

/**
 * The form a signature takes inside a client that speaks another dialect: tagged, so that it is recognised
 * when the client replays it. A signature already of that dialect is given as it is, since clients of the same
 * dialect may also talk to the vendor directly.
 */
export function sealSignature(signature: Signature, client: DialectId): string {
  if (signature.dialect === client) return signature.value;
  const { dialect, model = '', minter } = signature;
  const tag = Buffer.from(JSON.stringify(minter === undefined ? [dialect, model] : [dialect, model, minter])).toString('base64url');
  return `${SEAL}${tag}.${signature.value}`;
}

/** Reads what `sealSignature` wrote (older seals name no minter); anything else was minted by the client's own dialect. */
export function openSignature(sealed: string, client: DialectId): Signature {
  if (!sealed.startsWith(SEAL)) return { value: sealed, dialect: client };
  const dot = sealed.indexOf('.', SEAL.length);
  if (dot < 0) return { value: sealed, dialect: client };
  try {
    const tag = Buffer.from(sealed.slice(SEAL.length, dot), 'base64url').toString();
    const [dialect, model, minter] = JSON.parse(tag) as [DialectId, string, string?];
    return { value: sealed.slice(dot + 1), dialect, ...(model ? { model } : {}), ...(minter ? { minter } : {}) };
  } catch {
    return { value: sealed, dialect: client };
  }
}

/**
 * True when a raw request body carries a signature that was sealed for another dialect, or an item's id of our own (`rs_omr1.…`), so it
 * must not pass through untouched. Asked of every body: a tag is JSON that begins with `["` and a small letter, `WyJ` in base64, and
 * texts rarely hold what these searches begin with (0.03 ms a megabyte instead of 0.8).
 */
export function holdsSealedSignature(body: string): boolean {
  return (body.includes('1.WyJ') && body.includes(`${SEAL}WyJ`)) || body.includes(`_${SEAL}`) || body.includes(SEAL_BASE64);
}

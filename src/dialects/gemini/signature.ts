import { openSignature, type Signature, sealSignature } from '../../conversation/signature.ts';

/** The first characters of any sealed signature in base64: `omr1.W…`. */
const SEALED_BASE64 = 'b21yMS5';

/**
 * A signature as a Gemini client holds it. `thoughtSignature` is a protobuf `bytes` field: Python's and Java's SDKs decode it as base64,
 * so the sealed form of a foreign signature is given as base64 of itself.
 */
export function signatureForClient(signature: Signature): string {
  const sealed = sealSignature(signature, 'gemini');
  return sealed === signature.value ? sealed : Buffer.from(sealed).toString('base64');
}

/** Reads what a Gemini client sends back: our sealed form, or Google's own signature. Python re-encodes bytes URL-safe; both alphabets decode. */
export function signatureFromClient(value: string): Signature {
  if (!value.startsWith(SEALED_BASE64)) return openSignature(value, 'gemini');
  return openSignature(Buffer.from(value, 'base64').toString('utf8'), 'gemini');
}

import { asObject, asString, type JsonObject } from '../../conversation/json.ts';
import { openSignature, type Signature, sealSignature } from '../../conversation/signature.ts';
import { DIALECT } from './extensions.ts';

/**
 * Google's OpenAI-compatible endpoint hangs the thought signature on `extra_content.google` of a tool call and wants it back;
 * clients that replay unknown fields carry it, so ours travel there too, sealed.
 */
export function readCallSignature(extra: JsonObject | undefined): { signature?: Signature; extra?: JsonObject } {
  const google = asObject(extra?.google);
  const value = asString(google?.thought_signature);
  if (!extra || !google || !value) return extra ? { extra } : {};
  const { thought_signature: _value, ...googleRest } = google;
  const { google: _google, ...rest } = extra;
  const left = Object.keys(googleRest).length > 0 ? { ...rest, google: googleRest } : rest;
  return { signature: openSignature(value, DIALECT), ...(Object.keys(left).length > 0 ? { extra: left } : {}) };
}

/** The same the other way: the field's value for a signature, sealed when another dialect minted it. */
export function callSignatureField(signature: Signature): JsonObject {
  return { google: { thought_signature: sealSignature(signature, DIALECT) } };
}

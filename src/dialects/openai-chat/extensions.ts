import type { Extensions } from '../../conversation/dialect-id.ts';
import { asObject, type JsonObject } from '../../conversation/json.ts';

export const DIALECT = 'openai-chat';

/** Beside the unknown wire fields an extension may note, under this key, in which of several equal forms a known thing came. */
const FORM = '_form';

/** An extension of this dialect from unknown wire fields and notes on form; `undefined` when there is nothing to keep. */
export function keep(fields: JsonObject | undefined, form?: JsonObject): Extensions | undefined {
  if (!fields && !form) return undefined;
  return { [DIALECT]: { ...fields, ...(form ? { [FORM]: form } : {}) } };
}

/** The wire fields kept for this dialect, without the notes on form. */
export function keptFields(extensions: Extensions | undefined): JsonObject {
  const { [FORM]: _form, ...fields } = extensions?.[DIALECT] ?? {};
  return fields;
}

/** The notes on form that `keep` took. */
export function keptForm(extensions: Extensions | undefined): JsonObject {
  return asObject(extensions?.[DIALECT]?.[FORM]) ?? {};
}

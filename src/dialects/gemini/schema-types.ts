import { asObject, isObject, type JsonObject } from '../../conversation/json.ts';

/**
 * The same reduced schema with its types spelled as the `Type` enum has them (`OBJECT`; ai.google.dev/api/caching#Type). The API also
 * takes JSON Schema's spelling (recording google-tools-stream), but the vendor's types and strict compatible servers do not.
 */
export function withEnumTypes(schema: JsonObject): JsonObject {
  const out: JsonObject = { ...schema };
  if (typeof out.type === 'string') out.type = out.type.toUpperCase();
  if (isObject(out.items)) out.items = withEnumTypes(out.items);
  if (Array.isArray(out.anyOf)) out.anyOf = out.anyOf.map((option) => withEnumTypes(asObject(option) ?? {}));
  if (isObject(out.properties)) {
    out.properties = Object.fromEntries(
      Object.entries(out.properties).map(([name, property]) => [name, withEnumTypes(asObject(property) ?? {})]),
    );
  }
  return out;
}

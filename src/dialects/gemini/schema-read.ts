import { asNumber, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { camelFields } from './fields.ts';

/** `Type` by number, as Vertex takes it with integer enums. */
const TYPE_NUMBERS = ['', 'string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const COUNTS = ['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties'];

/** A Gemini `Schema` (`{type: 'OBJECT', nullable, …}`) as JSON Schema: lower-case types, `nullable` as a type list, int64 strings as numbers. */
export function jsonSchemaOf(schema: JsonObject): JsonObject {
  const { nullable, propertyOrdering: _ordering, example, ...out } = camelFields(schema);
  const type = typeName(out.type);
  if (type !== undefined) out.type = nullable === true && type !== 'null' ? [type, 'null'] : type;
  if (nullable === true && type === undefined && Array.isArray(out.anyOf)) out.anyOf = [...out.anyOf, { type: 'null' }];
  if (nullable === true && Array.isArray(out.enum) && !out.enum.includes(null)) out.enum = [...out.enum, null];
  if (example !== undefined) out.examples = [example];
  if (out.format === 'enum') delete out.format;
  for (const name of COUNTS) if (typeof out[name] === 'string') out[name] = asNumber(Number(out[name]));
  if (isObject(out.items)) out.items = jsonSchemaOf(out.items);
  if (Array.isArray(out.anyOf)) out.anyOf = out.anyOf.map(inner);
  if (isObject(out.properties)) {
    out.properties = Object.fromEntries(
      Object.entries(out.properties).map(([name, value]) => [name, value === undefined ? {} : inner(value)]),
    );
  }
  return out;
}

function inner(value: Json): Json {
  return isObject(value) ? jsonSchemaOf(value) : value;
}

function typeName(type: Json | undefined): string | Json[] | undefined {
  if (typeof type === 'number') return TYPE_NUMBERS[type] || undefined;
  // Lower-case lists come from clients that send JSON Schema in the `Schema` field; the vendor takes them.
  if (Array.isArray(type)) return type.map((name) => (typeof name === 'string' ? name.toLowerCase() : name));
  return typeof type === 'string' && type !== 'TYPE_UNSPECIFIED' ? type.toLowerCase() : undefined;
}

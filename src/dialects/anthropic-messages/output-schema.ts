import { asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** Keywords the grammar does not know (Structured outputs, "JSON Schema limitations"); the API answers 400 to each. */
const UNSUPPORTED = new Set([
  '$schema',
  '$id',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'contains',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'if',
  'then',
  'else',
  'not',
]);
const FORMATS = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']);
/** Keywords whose value is a map of schemas, not a schema. */
const MAPS = new Set(['properties', '$defs', 'definitions']);
/** Keywords whose value is data: a property may well be called `not` in there. */
const DATA = new Set(['enum', 'const', 'default', 'examples', 'required']);

/**
 * A JSON Schema in the subset that structured outputs take: objects closed, unknown keywords left out, `oneOf` as `anyOf`.
 * What is left out is only looser: the answer still has the shape.
 */
export function outputSchema(schema: JsonObject): JsonObject {
  const fitted: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined || !fits(key, value)) continue;
    fitted[key === 'oneOf' ? 'anyOf' : key] = convert(key, value);
  }
  if (isClosable(schema)) fitted.additionalProperties = false;
  return fitted;
}

function fits(key: string, value: Json): boolean {
  if (UNSUPPORTED.has(key)) return false;
  if (key === 'minItems') return value === 0 || value === 1;
  if (key === 'format') return typeof value === 'string' && FORMATS.has(value);
  return true;
}

const isClosable = (schema: JsonObject): boolean =>
  schema.type === 'object' || (Array.isArray(schema.type) && schema.type.includes('object')) || isObject(schema.properties);

function convert(key: string, value: Json): Json {
  if (DATA.has(key)) return value;
  if (MAPS.has(key)) {
    return Object.fromEntries(
      Object.entries(asObject(value) ?? {}).map(([name, item]) => [name, isObject(item) ? outputSchema(item) : item]),
    );
  }
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? outputSchema(item) : item));
  return isObject(value) ? outputSchema(value) : value;
}

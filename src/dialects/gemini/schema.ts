import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/**
 * Reduces a JSON Schema to the OpenAPI subset of Gemini's `Schema` message (ai.google.dev/api/caching#Schema), by allowlist: an unknown
 * keyword is a 400 there ("Unknown name … Cannot find field"). References are resolved (recursion is cut to an open object), `allOf` is
 * merged, `const` becomes a one-item enum, type lists become `nullable` or `anyOf`, enums hold strings.
 * `parametersJsonSchema` takes more, but neither every compatible server nor older Vertex versions know it.
 */
export function reduceSchema(schema: JsonObject): JsonObject {
  return reduce(schema, { root: schema, following: [], depth: 0, budget: { left: MOST_NODES } });
}

interface Where {
  root: JsonObject;
  /** References being resolved: one met again is a recursion. */
  following: string[];
  depth: number;
  /** Schemas that may still be written: types that refer to each other grow with the factorial of their number. */
  budget: { left: number };
}

const MOST_NODES = 2000;

/** Deeper than any real tool; the API itself refuses very deep schemas. */
const MOST_DEPTH = 32;

const COPIED = {
  title: 'string',
  description: 'string',
  nullable: 'boolean',
  pattern: 'string',
  minimum: 'number',
  maximum: 'number',
  minItems: 'count',
  maxItems: 'count',
  minLength: 'count',
  maxLength: 'count',
  minProperties: 'count',
  maxProperties: 'count',
} as const;

const KIND_OF_COPIED: ReadonlyMap<string, string> = new Map(Object.entries(COPIED));

/** The formats the API takes; "only 'enum' and 'date-time' are supported for STRING type" is its 400 for others. */
const FORMATS: Record<string, readonly string[]> = {
  string: ['enum', 'date-time'],
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
};

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);

/** Every keyword the reduction may leave at a schema position. */
export const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  ...Object.keys(COPIED),
  'type',
  'format',
  'enum',
  'items',
  'properties',
  'required',
  'propertyOrdering',
  'anyOf',
]);

function reduce(given: Json | undefined, where: Where): JsonObject {
  where.budget.left -= 1;
  if (!isObject(given) || where.depth > MOST_DEPTH || where.budget.left < 0) return {};
  const { schema, where: inner } = resolved(given, where);
  const merged = mergeAllOf(schema, inner);
  const out: JsonObject = {};
  copyPlain(merged, out);
  const types = typesOf(merged);
  if (types.nullable) out.nullable = true;
  applyEnum(merged, types.names, out);
  const options = optionsOf(merged, inner, types.names);
  if (options.nullable) out.nullable = true;
  const [only] = options.list;
  if (options.list.length === 1 && only && only.anyOf === undefined) return { ...only, ...out };
  if (options.list.length > 0) return anyOf(options.list, out);
  if (types.names.length === 1 && types.names[0]) out.type = types.names[0];
  if (out.type === 'object') applyObject(merged, out, inner);
  if (out.type === 'array') out.items = withType(reduce(asObject(merged.items), deeper(inner)));
  applyFormat(merged, out);
  return out;
}

function deeper(where: Where): Where {
  return { ...where, depth: where.depth + 1 };
}

/** Follows `$ref` (also through several hops); siblings of the reference win, as in JSON Schema 2020-12. */
function resolved(schema: JsonObject, where: Where): { schema: JsonObject; where: Where } {
  const ref = asString(schema.$ref) ?? asString(schema.ref);
  if (ref?.startsWith('#') !== true) return { schema, where };
  const { $ref: _ref, ref: _plain, ...siblings } = schema;
  const target = lookUp(where.root, ref);
  // A recursion cannot be written down without references: the inner level stays open.
  if (!target || where.following.includes(ref)) return { schema: { type: 'object', ...siblings }, where };
  return resolved({ ...target, ...siblings }, { ...where, following: [...where.following, ref] });
}

function lookUp(root: JsonObject, ref: string): JsonObject | undefined {
  let at: Json | undefined = root;
  for (const step of ref.split('/').slice(1)) {
    const name = safeDecode(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, name) ? at[name] : Array.isArray(at) ? at[Number(name)] : undefined;
  }
  return asObject(at);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function mergeAllOf(schema: JsonObject, where: Where): JsonObject {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  let merged: JsonObject = {};
  for (const member of asArray(allOf)) {
    where.budget.left -= 1;
    if (!isObject(member) || where.depth > MOST_DEPTH || where.budget.left < 0) continue;
    const { schema: plain, where: inner } = resolved(member, deeper(where));
    merged = overlay(merged, mergeAllOf(plain, inner));
  }
  return overlay(merged, rest);
}

function overlay(below: JsonObject, above: JsonObject): JsonObject {
  const merged = { ...below, ...above };
  if (isObject(below.properties) && isObject(above.properties)) merged.properties = { ...below.properties, ...above.properties };
  const required = [...new Set([...asArray(below.required), ...asArray(above.required)])];
  if (required.length > 0) merged.required = required;
  return merged;
}

function copyPlain(schema: JsonObject, out: JsonObject): void {
  for (const keyword in schema) {
    const kind = KIND_OF_COPIED.get(keyword);
    const value = schema[keyword];
    if (kind === undefined || value === undefined || value === null || typeof value === 'object') continue;
    if (kind !== 'count') {
      if (typeof value === kind) out[keyword] = value;
    } else if (value !== '' && Number.isInteger(Number(value))) out[keyword] = Number(value);
  }
  // A draft-4 boolean `exclusiveMinimum` is no number; a 2020-12 number tightens by less than the model can notice.
  if (typeof schema.exclusiveMinimum === 'number' && out.minimum === undefined) out.minimum = schema.exclusiveMinimum;
  if (typeof schema.exclusiveMaximum === 'number' && out.maximum === undefined) out.maximum = schema.exclusiveMaximum;
}

function typesOf(schema: JsonObject): { names: string[]; nullable: boolean } {
  const inEnum = Array.isArray(schema.enum) && schema.enum.includes(null);
  // The plain case first: schemas are read on every request.
  if (typeof schema.type === 'string') {
    const type = schema.type.toLowerCase();
    if (TYPES.has(type)) return { names: [type], nullable: inEnum };
  }
  const given = (Array.isArray(schema.type) ? schema.type : [schema.type]).flatMap((type) =>
    typeof type === 'string' ? [type.toLowerCase()] : [],
  );
  const names = [...new Set(given.filter((type) => TYPES.has(type)))];
  return { names: names.length > 0 ? names : impliedType(schema), nullable: inEnum || given.includes('null') };
}

function impliedType(schema: JsonObject): string[] {
  if (isObject(schema.properties)) return ['object'];
  if (schema.items !== undefined) return ['array'];
  const values = schema.const !== undefined ? [schema.const] : asArray(schema.enum).filter((value) => value !== null);
  if (values.length === 0) return [];
  const kinds = new Set(values.map((value) => typeof value));
  // Enums are strings there whatever they were: see `applyEnum`.
  return kinds.has('object') ? [] : ['string'];
}

function applyEnum(schema: JsonObject, types: string[], out: JsonObject): void {
  if (schema.const === undefined && schema.enum === undefined) return;
  const values = schema.const !== undefined ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : [];
  const texts = values
    .flatMap((value) => (value === null || typeof value === 'object' ? [] : [String(value)]))
    .filter((text) => text !== '');
  // "enum: only allowed for STRING type" on AI Studio: numbers keep their type and lose the list.
  if (texts.length > 0 && (types.length === 0 || types.includes('string'))) out.enum = [...new Set(texts)];
}

/** The members of `anyOf`/`oneOf`, or of a list of types. */
function optionsOf(schema: JsonObject, where: Where, types: string[]): { list: JsonObject[]; nullable: boolean } {
  // Alternatives beside properties only say which of them go together (`anyOf: [{required: [a]}, …]`): no form there.
  const members = isObject(schema.properties) ? [] : [...asArray(schema.anyOf), ...asArray(schema.oneOf)];
  if (members.length === 0) {
    if (types.length < 2) return { list: [], nullable: false };
    return { list: types.map((type) => reduce({ ...onlyFor(type, schema), type }, deeper(where))), nullable: false };
  }
  const kept = members.filter((member) => isObject(member) && member.type !== 'null' && member.const !== null);
  return {
    list: kept.map((member) => reduce(member, deeper(where))).filter((member) => Object.keys(member).length > 0),
    nullable: kept.length < members.length && members.some((member) => isObject(member)),
  };
}

/** Vertex: "When using any_of, it must be the only field set". What stood beside it moves into the members. */
function anyOf(members: JsonObject[], beside: JsonObject): JsonObject {
  const shared: JsonObject = {};
  if (beside.description !== undefined) shared.description = beside.description;
  if (beside.nullable !== undefined) shared.nullable = beside.nullable;
  const flat = members.flatMap((member) => (member.anyOf === undefined ? [member] : asArray(member.anyOf).filter(isObject)));
  return { anyOf: flat.map((member) => withType({ ...shared, ...member })) };
}

function onlyFor(type: string, schema: JsonObject): JsonObject {
  if (type === 'object') return { properties: schema.properties, required: schema.required };
  if (type === 'array') return { items: schema.items };
  return type === 'string' ? { enum: schema.enum, format: schema.format } : { format: schema.format };
}

function applyObject(schema: JsonObject, out: JsonObject, where: Where): void {
  const given = asObject(schema.properties);
  if (!given) return;
  const properties: JsonObject = {};
  for (const [name, property] of Object.entries(given)) {
    // `Object.defineProperty` is not needed: `__proto__` as an own key comes from JSON.parse only and is left out.
    if (name !== '__proto__' && property !== undefined) properties[name] = withType(reduce(property, deeper(where)));
  }
  if (Object.keys(properties).length === 0) return;
  out.properties = properties;
  const named = (list: Json | undefined) =>
    [...new Set(asArray(list))].filter((name) => typeof name === 'string' && Object.hasOwn(properties, name));
  const required = named(schema.required);
  if (required.length > 0) out.required = required;
  const ordering = named(schema.propertyOrdering);
  if (ordering.length > 0) out.propertyOrdering = ordering;
}

/** A schema that says nothing ("any value") has no form there; a string carries anything. */
function withType(schema: JsonObject): JsonObject {
  return schema.type === undefined && schema.anyOf === undefined ? { type: 'string', ...schema } : schema;
}

function applyFormat(schema: JsonObject, out: JsonObject): void {
  const format = asString(schema.format);
  if (format !== undefined && FORMATS[asString(out.type) ?? '']?.includes(format)) out.format = format;
}

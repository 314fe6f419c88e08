import { asArray, asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

const UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * A tool's schema with the root this API demands: `type: "object"` and no `anyOf`, `oneOf`, `allOf` or `$ref` beside it (400:
 * "input_schema does not support oneOf, allOf, or anyOf at the top level"). A root reference is replaced by what it names; of a
 * union the properties of all branches are offered, and required is what every branch requires (of `allOf`: what any does).
 */
export function objectRoot(schema: JsonObject | undefined): JsonObject {
  if (!schema) return { type: 'object', properties: {} };
  const root = resolved(schema, schema, 0);
  if (root.type === 'object' && !UNIONS.some((key) => key in root)) return root;
  return merged(root, schema);
}

function resolved(schema: JsonObject, document: JsonObject, depth: number): JsonObject {
  if (typeof schema.$ref !== 'string' || depth > 8) return schema;
  const target = lookUp(schema.$ref, document);
  if (!target) return without(schema, ['$ref']);
  const { $defs, definitions } = document;
  const shared = { ...($defs === undefined ? {} : { $defs }), ...(definitions === undefined ? {} : { definitions }) };
  return resolved({ ...shared, ...without(schema, ['$ref']), ...target }, document, depth + 1);
}

function lookUp(reference: string, document: JsonObject): JsonObject | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/');
  return asObject(steps.reduce<Json | undefined>((at, step) => asObject(at)?.[unescaped(step)], document));
}

const unescaped = (step: string): string => decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~');

function merged(root: JsonObject, document: JsonObject): JsonObject {
  let properties: JsonObject = { ...asObject(root.properties) };
  const required = new Set(asArray(root.required));
  for (const key of UNIONS) {
    const branches = asArray(root[key])
      .filter(isObject)
      .map((branch) => objectRoot({ ...resolved(branch, document, 0) }));
    for (const branch of branches) properties = { ...asObject(branch.properties), ...properties };
    for (const name of key === 'allOf' ? anyOfThem(branches) : allOfThem(branches)) required.add(name);
  }
  const list = [...required].filter((name) => typeof name === 'string' && name in properties);
  return { ...without(root, [...UNIONS, 'required']), type: 'object', properties, ...(list.length > 0 ? { required: list } : {}) };
}

const anyOfThem = (branches: JsonObject[]): Json[] => branches.flatMap((branch) => asArray(branch.required));

function allOfThem(branches: JsonObject[]): Json[] {
  const [first, ...others] = branches;
  return asArray(first?.required).filter((name) => others.every((branch) => asArray(branch.required).includes(name)));
}

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key)));

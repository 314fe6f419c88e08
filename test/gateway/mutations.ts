import fc from 'fast-check';
import { CLIENT_DIALECTS, type ClientDialectId } from '../../src/conversation/dialect-id.ts';
import type { Json, JsonObject } from '../../src/conversation/json.ts';
import { recordings } from '../recordings.ts';

type Mutation = { at: number; how: 'delete' | 'null' | 'replace' | 'retype' | 'repeat'; with: Json };

/** Recorded bodies with long strings cut short: shrinking a failure must not take minutes. */
const BODIES: Record<ClientDialectId, JsonObject[]> = Object.fromEntries(
  CLIENT_DIALECTS.map((dialect) => [
    dialect,
    recordings((entry) => entry.hasRequest && entry.format === dialect).map(({ request }) => shortened(request?.body ?? {}) as JsonObject),
  ]),
) as Record<ClientDialectId, JsonObject[]>;

/** A recorded request of the dialect in which some nodes are gone, null, or of another kind. */
export function mutatedRequest(dialect: ClientDialectId): fc.Arbitrary<JsonObject> {
  return mutatedBody(BODIES[dialect]);
}

/** One of these bodies, so damaged. */
export function mutatedBody(bodies: JsonObject[]): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(fc.nat(bodies.length - 1), fc.array(mutation(), { minLength: 1, maxLength: 3 }))
    .map(([which, mutations]) => mutations.reduce(mutated, structuredClone(bodies[which] ?? {})));
}

/** Any JSON, in the shape of a request as often as not. */
export function anyRequest(dialect: ClientDialectId): fc.Arbitrary<Json> {
  const names = [...new Set(BODIES[dialect].flatMap((body) => Object.keys(body)))];
  return fc.oneof(
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.dictionary(fc.constantFrom(...names), fc.jsonValue()) as fc.Arbitrary<Json>,
    mutatedRequest(dialect),
  );
}

function mutation(): fc.Arbitrary<Mutation> {
  return fc.record({
    at: fc.nat(),
    how: fc.constantFrom('delete', 'null', 'replace', 'retype', 'repeat'),
    with: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  });
}

interface Node {
  parent: Record<string, Json> | Json[];
  key: string | number;
}

function nodesOf(value: Json, into: Node[] = []): Node[] {
  if (typeof value !== 'object' || value === null) return into;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    into.push({ parent: value as Node['parent'], key });
    nodesOf((value as Record<string | number, Json>)[key] ?? null, into);
  }
  return into;
}

function mutated(body: JsonObject, { at, how, with: replacement }: Mutation): JsonObject {
  const nodes = nodesOf(body);
  const node = nodes[at % Math.max(1, nodes.length)];
  if (!node) return body;
  const parent = node.parent as Record<string | number, Json>;
  const value = parent[node.key] ?? null;
  switch (how) {
    case 'delete':
      if (Array.isArray(node.parent)) node.parent.splice(Number(node.key), 1);
      else delete parent[node.key];
      return body;
    case 'null':
      parent[node.key] = null;
      return body;
    case 'replace':
      parent[node.key] = replacement;
      return body;
    case 'retype':
      parent[node.key] = retyped(value);
      return body;
    case 'repeat':
      parent[node.key] = [value, structuredClone(value)];
      return body;
  }
}

function retyped(value: Json): Json {
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? { 0: value[0] ?? null } : [value];
}

function shortened(value: Json): Json {
  if (typeof value === 'string') return value.length > 300 ? value.slice(0, 300) : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner ?? null)]));
}

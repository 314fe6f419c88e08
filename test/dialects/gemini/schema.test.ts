import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asArray, isObject, type Json, type JsonObject } from '../../../src/conversation/json.ts';
import { reduceSchema } from '../../../src/dialects/gemini/index.ts';
import { SCHEMA_KEYWORDS } from '../../../src/dialects/gemini/schema.ts';

/** Every schema position of `schema`, with what must hold there. */
function problems(schema: JsonObject): string[] {
  const found = Object.keys(schema).filter((keyword) => !SCHEMA_KEYWORDS.has(keyword));
  const properties = isObject(schema.properties) ? schema.properties : {};
  if (schema.type !== undefined && !TYPES.has(schema.type)) found.push(`type ${JSON.stringify(schema.type)}`);
  if (schema.anyOf !== undefined && Object.keys(schema).length > 1) found.push('anyOf beside others');
  if (asArray(schema.enum).some((value) => typeof value !== 'string')) found.push('an enum that is no string');
  if (asArray(schema.required).some((name) => typeof name !== 'string' || !Object.hasOwn(properties, name)))
    found.push('required without property');
  const inner = [...Object.values(properties), schema.items, ...asArray(schema.anyOf)];
  return [...found, ...inner.flatMap((each) => (isObject(each) ? problems(each) : []))];
}

const TYPES = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'array', 'object']);

const names = fc.oneof(
  fc.constantFrom('type', 'title', 'default', '$ref', 'properties', 'required', 'enum', 'items', 'const', 'constructor'),
  fc.string(),
);

const schemas = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    fc.record<JsonObject>(
      {
        type: fc.oneof(
          fc.constantFrom('string', 'integer', 'null', 'OBJECT', 'weird'),
          fc.array(fc.constantFrom('string', 'null', 'object', 'array', 'number')),
        ) as fc.Arbitrary<Json>,
        enum: fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null))) as fc.Arbitrary<Json>,
        const: fc.jsonValue() as fc.Arbitrary<Json>,
        default: fc.jsonValue() as fc.Arbitrary<Json>,
        format: fc.constantFrom('uri', 'date-time', 'int32'),
        pattern: fc.string(),
        minimum: fc.oneof(fc.integer(), fc.string()),
        minLength: fc.oneof(fc.integer(), fc.constant(null)) as fc.Arbitrary<Json>,
        description: fc.oneof(fc.string(), fc.integer()),
        $schema: fc.string(),
        additionalProperties: fc.boolean(),
        $ref: fc.constantFrom('#', '#/$defs/a', '#/$defs/nowhere', 'http://elsewhere'),
      },
      { requiredKeys: [] },
    ),
    fc.record<JsonObject>(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(names, tie('schema')) as fc.Arbitrary<Json>,
        required: fc.array(names) as fc.Arbitrary<Json>,
        patternProperties: fc.dictionary(names, tie('schema')) as fc.Arbitrary<Json>,
        anyOf: fc.array(tie('schema'), { maxLength: 3 }) as fc.Arbitrary<Json>,
      },
      { requiredKeys: ['type'] },
    ),
    fc.record<JsonObject>(
      {
        items: tie('schema') as fc.Arbitrary<Json>,
        anyOf: fc.array(tie('schema'), { maxLength: 3 }) as fc.Arbitrary<Json>,
        oneOf: fc.array(tie('schema'), { maxLength: 3 }) as fc.Arbitrary<Json>,
        allOf: fc.array(tie('schema'), { maxLength: 3 }) as fc.Arbitrary<Json>,
        not: tie('schema') as fc.Arbitrary<Json>,
      },
      { requiredKeys: [] },
    ),
  ) as fc.Arbitrary<JsonObject>,
}));

describe('reducing a schema', () => {
  it('leaves only what Gemini takes, whatever comes in', () => {
    fc.assert(
      fc.property(schemas.schema, schemas.schema, (schema, definition) => {
        expect(problems(reduceSchema({ ...schema, $defs: { a: definition } }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every property name, those that look like keywords too', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          names.filter((name) => name !== '__proto__'),
          { minLength: 1 },
        ),
        (list) => {
          const properties = Object.fromEntries(list.map((name) => [name, { type: 'string', title: name }]));
          const reduced = reduceSchema({ type: 'object', properties, required: [...list, 'no such'] });
          expect(Object.keys(reduced.properties as JsonObject).sort()).toEqual(Object.keys(properties).sort());
          expect(new Set(reduced.required as string[])).toEqual(new Set(list));
        },
      ),
    );
  });

  it('resolves references and cuts recursion', () => {
    const tree = {
      type: 'object',
      properties: { value: { $ref: '#/$defs/Value' }, children: { type: 'array', items: { $ref: '#' } } },
      $defs: { Value: { type: 'integer', minimum: 1 } },
    };
    expect(reduceSchema(tree)).toEqual({
      type: 'object',
      properties: {
        value: { type: 'integer', minimum: 1 },
        children: {
          type: 'array',
          items: {
            type: 'object',
            properties: { value: { type: 'integer', minimum: 1 }, children: { type: 'array', items: { type: 'object' } } },
          },
        },
      },
    });
    expect(reduceSchema({ $ref: '#' })).toEqual({ type: 'object' });
  });

  it('stays small for schemas that refer to themselves many times', () => {
    const refs = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`p${index}`, { $ref: '#/$defs/n' }]));
    expect(JSON.stringify(reduceSchema({ $ref: '#/$defs/n', $defs: { n: { type: 'object', properties: refs } } })).length).toBeLessThan(
      2000,
    );
  });

  it('ends soon for many types that refer to each other', () => {
    const all = Array.from({ length: 14 }, (_, index) => `t${index}`);
    const properties = Object.fromEntries(all.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const $defs = Object.fromEntries(all.map((name) => [name, { type: 'object', properties }]));
    expect(JSON.stringify(reduceSchema({ $ref: '#/$defs/t0', $defs })).length).toBeLessThan(500_000);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['const is an enum of one', { const: 'a' }, { type: 'string', enum: ['a'] }],
    ['a type list with null is nullable', { type: ['string', 'null'] }, { nullable: true, type: 'string' }],
    [
      'a type list is anyOf',
      { type: ['string', 'number'], description: 'd' },
      {
        anyOf: [
          { description: 'd', type: 'string' },
          { description: 'd', type: 'number' },
        ],
      },
    ],
    [
      'anyOf with null is nullable',
      { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 't' },
      { type: 'integer', nullable: true, title: 't' },
    ],
    ['oneOf is anyOf', { oneOf: [{ type: 'integer' }, { type: 'string' }] }, { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['numbers keep their type and lose the list', { type: 'integer', enum: [1, 2] }, { type: 'integer' }],
    ['formats it does not know go', { type: 'string', format: 'uri' }, { type: 'string' }],
    ['those it knows stay', { type: 'string', format: 'date-time' }, { type: 'string', format: 'date-time' }],
    [
      'allOf is merged',
      { allOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'number' } } }] },
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a'] },
    ],
    [
      'alternatives of required fields do not cost the properties',
      { type: 'object', properties: { a: {}, b: true }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
    ],
    ['an array without items has some', { type: 'array' }, { type: 'array', items: { type: 'string' } }],
  ])('%s', (_, given, expected) => {
    expect(reduceSchema(given)).toEqual(expected);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { emptyConfig } from '../../src/config/schema.ts';
import { adminRoutes } from '../../src/gateway/admin/index.ts';
import type { Env, Gateway } from '../../src/gateway/context.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/admin-api.md'), 'utf8');

/** `PUT /admin/combos/{name}` for each heading, which may name several: "`GET`, `PUT /admin/routes`". */
const described = text.split('\n').flatMap((line) => {
  if (!line.startsWith('### ')) return [];
  const methods: string[] = [];
  return [...line.matchAll(/`(GET|POST|PUT|PATCH|DELETE)(?: (\/[^`?]*))?[^`]*`/g)].flatMap(([, method = '', path]) => {
    methods.push(method);
    return path === undefined ? [] : methods.splice(0).map((each) => `${each} ${path}`);
  });
});

it('docs/admin-api.md describes every route under /admin, and no other', () => {
  const app = new Hono<Env>();
  // Registering asks of the gateway what it started with, and nothing else.
  adminRoutes(app, { config: emptyConfig } as unknown as Gateway);
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect([...described].sort()).toEqual([...new Set(routes)].sort());
});

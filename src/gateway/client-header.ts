import type { Context } from 'hono';
import type { Env } from './context.ts';

/** A header of the client's by its lower-case name, as Node has parsed it: `c.req.header` first makes a `Headers` of them all. */
export function clientHeader(c: Context<Env>, name: Lowercase<string>): string | undefined {
  const value = c.env.incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

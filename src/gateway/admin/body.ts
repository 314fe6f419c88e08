import type { Context } from 'hono';
import type * as z from 'zod';
import { invalid } from '../../accounts/manage-error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { parseBody, readBody } from '../body.ts';
import type { Env } from '../context.ts';

/** A config is small; a service account's key file is some 2.5 kB. */
const MAX_BYTES = 1024 * 1024;

/** The request's JSON object. Throws 400 or 413 as a GatewayError. */
export async function jsonBody(c: Context<Env>): Promise<JsonObject> {
  return parseBody(await readBody(c.env.incoming, MAX_BYTES));
}

/** The body as `schema` reads it; an absent one counts as `{}`. Throws ManageError naming the path of what is wrong. */
export async function checkedBody<T extends z.ZodType>(c: Context<Env>, schema: T): Promise<z.output<T>> {
  const text = await readBody(c.env.incoming, MAX_BYTES);
  return checked(schema, text.trim() === '' ? {} : parseBody(text));
}

/** A value as `schema` reads it. Throws ManageError naming the path of what is wrong. */
export function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(result.error);
  return result.data;
}

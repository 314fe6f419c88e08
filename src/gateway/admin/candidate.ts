import * as z from 'zod';
import { parseServiceAccount } from '../../providers/vertex-token.ts';

/** A key as it is given; a service account's JSON aside, what a header can carry. */
const key = z
  .string()
  .trim()
  .min(1)
  .max(65_536)
  .refine((text) => text.startsWith('{') || !/[^\x20-\x7e]/.test(text), 'may not hold line breaks or letters outside ASCII')
  .refine((text) => !text.startsWith('{') || parseServiceAccount(text) !== undefined, "is JSON, but not a service account's key file");
const env = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, not a key');

/** Where a new key comes from. Zod's messages quote no value, so a key in the wrong place is not repeated. */
export const candidateFields = { key: key.optional(), env: env.optional() };

export const oneOfThem = (body: { key?: string | undefined; env?: string | undefined }): boolean =>
  body.key === undefined || body.env === undefined;
export const ONE_OF_THEM = { message: 'key or env, not both', path: ['env'] };

/** The model a test should ask for. */
export const testModel = z.string().min(1).max(200).optional();

import * as z from 'zod';

/** A question the page may ask: the shape of its parameters and of the answer. Both ends check both. */
export interface Call<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  params: P;
  result: R;
}

export function call<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Call<P, R> {
  return { params, result };
}

/** Parameters of a route of the admin API, as docs/admin-api.md names them. */
export const query = z.record(z.string(), z.string());

export const nothing = z.null();

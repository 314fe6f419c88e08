import * as z from 'zod';

/** A name that may stand before or instead of a model's: no spaces, no slashes. */
export const nameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s/]+$/, 'may not hold spaces or slashes');

/** A pattern of names: `*` stands for anything. */
export const patternSchema = z.string().min(1).max(200);

import * as z from 'zod';
import { patternSchema } from './names.ts';

const usd = z.number().nonnegative().max(1_000_000);

/** US dollars a million tokens, as the user pays them. */
export const priceSchema = z.strictObject({
  input: usd,
  output: usd,
  /** Input read from the prompt cache; what input costs when absent. */
  cacheRead: usd.optional(),
  /** Input written to the prompt cache; what input costs when absent. */
  cacheWrite: usd.optional(),
});

/** The user's own prices by pattern of `prefix/model`; they win over list prices. The first pattern that fits counts, in the file's order. */
export const pricesSchema = z.record(patternSchema, priceSchema);
export type PricesConfig = z.infer<typeof pricesSchema>;

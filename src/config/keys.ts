import * as z from 'zod';
import { patternSchema } from './names.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const keySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).max(100),
  /** `sha256:<hex>` of the key. The key has 256 random bits, so one round is enough. */
  hash,
  /** The last four characters, to tell keys apart on screen. */
  hint: z.string().optional(),
  createdAt: z.string().optional(),
  /** Patterns of model names this key may use (`*` stands for anything); absent: all. */
  models: z.array(patternSchema).optional(),
  /** Requests a minute. */
  rpm: z.number().int().positive().optional(),
  /** ISO 8601; refused from then on. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** The key before the last rotation, still taken until `until`, so that tools can be changed over in peace. */
  previous: z.strictObject({ hash, until: z.iso.datetime({ offset: true }) }).optional(),
  /** May change accounts, combos, keys and settings over the admin API. */
  admin: z.boolean().optional(),
});
export type KeyConfig = z.infer<typeof keySchema>;

import * as z from 'zod';
import { priceSchema } from '../../../../config/prices.ts';
import { call } from '../call.ts';

const settings = z.object({
  /** As config.json has them, with their defaults. */
  settings: z.record(z.string(), z.unknown()),
  /** Paths of settings that were changed and count from the gateway's next start on: `timeouts.connectMs`. */
  restartNeeded: z.array(z.string()),
});
/** US dollars a million tokens. */
const prices = z.array(priceSchema.extend({ pattern: z.string().max(200) }));
const copy = z.object({
  name: z.string(),
  reason: z.enum(['daily', 'manual', 'before-restore', 'before-import']),
  /** Milliseconds since the epoch. */
  at: z.number(),
  bytes: z.number(),
  problem: z.string().optional(),
});
export type SettingsAnswer = z.infer<typeof settings>;
export type PriceRow = z.infer<typeof prices>[number];
export type CopyRow = z.infer<typeof copy>;

/** How the gateway works, and what is kept of it. */
export const settingsCalls = {
  settings: call(z.object({}), settings),
  /** JSON Merge Patch (RFC 7396); `null` gives a setting its default back. */
  changeSettings: call(z.object({ patch: z.record(z.string(), z.unknown()) }), settings),
  /** The user's own prices, in the order in which they are tried. */
  prices: call(z.object({}), prices),
  /** Replaces all of them. */
  savePrices: call(z.object({ prices }), prices),
  /** Copies of config.json, newest first. */
  copies: call(z.object({}), z.array(copy)),
};

import * as z from 'zod';
import { placeSchema } from './place.ts';
import { slicesSchema, WATCHABLE } from './slices.ts';

const id = z.number().int().nonnegative();
const name = z.string().max(100);

/** From the page to the editor. Whatever does not fit is noted in the log and left. */
export const fromPage = z.discriminatedUnion('type', [
  /** The page is on: what was posted before is lost, so it is told everything it watches anew. */
  z.object({ type: z.literal('hello') }),
  /** From now on these, and no others. */
  z.object({ type: z.literal('watch'), slices: z.array(z.enum(WATCHABLE)).max(100) }),
  z.object({ type: z.literal('call'), id, name, params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('listen'), id, topic: name, params: z.unknown() }),
  z.object({ type: z.literal('unlisten'), id }),
  /** The place the page is at. */
  z.object({ type: z.literal('at'), place: placeSchema }),
  /** In the side bar, where only the overview is shown: a link to another place was followed. */
  z.object({ type: z.literal('open'), place: placeSchema }),
  /** Something failed in the page: for the log. */
  z.object({ type: z.literal('failed'), message: z.string().max(4000) }),
]);
export type FromPage = z.infer<typeof fromPage>;

/** Why a call failed; `message` is for people. `code` and `param` as docs/admin-api.md lists them. */
const callError = z.object({
  message: z.string(),
  code: z.string().optional(),
  param: z.string().optional(),
  status: z.number().optional(),
});
export type CallErrorShape = z.infer<typeof callError>;

/** From the editor to the page. */
export const toPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('slices'), slices: slicesSchema }),
  z.object({ type: z.literal('answer'), id, ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id, error: callError }),
  /** What a topic tells, in order; several at once when they come fast. */
  z.object({ type: z.literal('told'), id, items: z.array(z.unknown()) }),
  /** The topic is over: nothing more will be told. */
  z.object({ type: z.literal('over'), id, error: callError.optional() }),
  z.object({ type: z.literal('go'), place: placeSchema }),
]);
export type ToPage = z.input<typeof toPage>;

/** What the page starts with: it is in its HTML, so that the first picture waits for no message. */
export const bootSchema = z.object({
  /** Of this filling of the webview alone: a page that starts again with the same one (moved to another window) is where it was. */
  id: z.string(),
  place: placeSchema,
  /** BCP 47, of the editor. */
  locale: z.string(),
  /** Translations; empty in English. */
  texts: z.record(z.string(), z.string()),
  version: z.string(),
  /** `side`: in the side bar, where only the overview is shown. */
  placement: z.enum(['tab', 'side']),
  slices: slicesSchema,
});
export type Boot = z.input<typeof bootSchema>;

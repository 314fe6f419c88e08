import * as z from 'zod';
import { COMMANDS } from '../../../contributions.ts';
import type { ItemRef } from '../../../views/item.ts';
import { call, nothing } from '../call.ts';

const id = z.string().max(500);

/** What an item on a page stands for, as the trees say it. */
const ref: z.ZodType<ItemRef, ItemRef> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('group'), name: id }),
  z.object({ kind: z.literal('account'), account: id }),
  z.object({ kind: z.literal('model'), model: id, account: id }),
  z.object({ kind: z.literal('auto'), name: id }),
  z.object({ kind: z.literal('combo'), combo: id }),
  z.object({ kind: z.literal('target'), combo: id, at: z.number().int().nonnegative(), target: id }),
  z.object({ kind: z.literal('quota-account'), account: id }),
  z.object({ kind: z.literal('window'), account: id, window: id }),
  z.object({ kind: z.literal('budget'), budget: id }),
  z.object({ kind: z.literal('request'), request: id }),
  z.object({ kind: z.literal('tool'), tool: id }),
  z.object({ kind: z.literal('copy'), copy: id }),
]);

/**
 * VS Code lets a webview read the clipboard: a page must not have a key put there by itself. This one command does so without asking; the
 * others that hand out a key, or take one away, ask the user outside of the page.
 */
const pageCommand = z.enum(COMMANDS).exclude(['omniroute.copyKey']);

/** What any page may ask of the editor around it. */
export const generalCalls = {
  /** Runs one of our commands, on an item where it is about one; answers when it is over. Whatever needs a key typed is one of these. */
  run: call(z.object({ command: pageCommand, ref: ref.optional() }), nothing),
  /** Into the clipboard. */
  copy: call(z.object({ text: z.string().max(5_000_000) }), nothing),
  /** Asks where, and writes; `false` when the user did not choose. `name`: the file's, as proposed. */
  saveFile: call(z.object({ name: z.string().max(200), text: z.string().max(200_000_000) }), z.boolean()),
};

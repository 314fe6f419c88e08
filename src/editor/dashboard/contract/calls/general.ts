import * as z from 'zod';
import { COMMANDS } from '../../../contributions.ts';
import { call, nothing } from '../call.ts';

/** What an item on a page stands for, as the trees say it (src/editor/views/item.ts). */
const ref = z.looseObject({ kind: z.string() });

/** What any page may ask of the editor around it. */
export const generalCalls = {
  /** Runs one of our commands, on an item where it is about one; answers when it is over. Whatever needs a key typed is one of these. */
  run: call(z.object({ command: z.enum(COMMANDS), ref: ref.optional() }), nothing),
  /** Into the clipboard. */
  copy: call(z.object({ text: z.string().max(5_000_000) }), nothing),
  /** Asks where, and writes; `false` when the user did not choose. `name`: the file's, as proposed. */
  saveFile: call(z.object({ name: z.string().max(200), text: z.string().max(200_000_000) }), z.boolean()),
};

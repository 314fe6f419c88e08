import * as z from 'zod';
import type { ToolState } from '../../../../clients/setup-contract.ts';
import { maybe } from '../../../admin/shapes.ts';
import type { ToolMark } from '../../../tools/nodes.ts';
import { call, nothing } from '../call.ts';

const toolState: z.ZodType<ToolState> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('absent') }),
  z.object({ is: z.literal('instructions') }),
  z.object({ is: z.literal('not-set-up'), elsewhere: maybe(z.string()) }),
  z.object({ is: z.literal('set-up'), model: maybe(z.string()), lastSeen: maybe(z.number()) }),
  z.object({ is: z.literal('drifted'), differences: z.array(z.string()) }),
  z.object({
    is: z.literal('broken'),
    path: z.string(),
    message: z.string(),
    line: z.number().optional(),
    column: z.number().optional(),
  }),
]);

const MARKS = ['settable', 'unset', 'drifted', 'broken', 'ours', 'file', 'key'] as const satisfies readonly ToolMark[];

/** A tool as it was last seen. Of its key the name and the last four characters, of its files the paths. */
const tool = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string().optional(),
  state: toolState,
  /** What can be done with it. */
  marks: z.array(z.enum(MARKS)),
  /** Neither there nor ever set up. */
  away: z.boolean(),
  /** Why it cannot be set up by us, as a sentence. */
  instructionsOnly: z.string().optional(),
  afterwards: z.enum(['restart-tool', 'reload-window', 'new-terminal']).optional(),
  /** The address it asks. */
  origin: z.string().optional(),
  model: z.string().optional(),
  key: z.object({ name: z.string(), hint: z.string().optional(), is: z.enum(['good', 'replaced', 'expired']) }).optional(),
  /** Of its setup by us: when (milliseconds since the epoch), and the files that were written. */
  setUpAt: z.number().optional(),
  files: z.array(z.string()),
});
export type ToolShown = z.infer<typeof tool>;

const looks = z.object({
  state: z.discriminatedUnion('is', [
    z.object({ is: z.literal('unread') }),
    z.object({ is: z.literal('reading') }),
    z.object({ is: z.literal('read') }),
    z.object({ is: z.literal('failed'), message: z.string() }),
  ]),
  tools: z.array(tool),
});
export type ToolsShown = z.infer<typeof looks>;

/** What setting a tool up would write now. */
const plan = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    model: z.string(),
    files: z.array(z.object({ path: z.string(), exists: z.boolean(), changes: z.boolean() })),
    /** Sentences for people. */
    notes: z.array(z.string()),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type ToolPlan = z.infer<typeof plan>;

/** The set-up view of the tools. Setting up, and taking back, are commands. */
export const toolCalls = {
  /** Every tool as it was last seen, in the order they are shown. */
  tools: call(z.object({}), looks),
  /** Looks at every tool anew; answers when that is over. */
  lookAtTools: call(z.object({}), nothing),
  toolPlan: call(z.object({ tool: z.string() }), plan),
};

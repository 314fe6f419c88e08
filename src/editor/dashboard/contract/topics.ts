import * as z from 'zod';
import { logLine } from '../../admin/log-shapes.ts';
import { logKind } from './calls/logs.ts';

/** What a page can listen to beside the slices: the shape of the parameters, and of each thing told. */
export const TOPICS = {
  /** The config changed, or may have; pages that show it read it anew. Does not end. */
  config: { params: z.object({}), item: z.object({ at: z.number() }) },
  /** Each line of a log from `open` on, when the call `logs` gives what came before. `gone`: the gateway is; `open` comes again. */
  logs: {
    params: z.object({ kind: logKind }),
    item: z.discriminatedUnion('is', [
      z.object({ is: z.literal('open') }),
      z.object({ is: z.literal('gone') }),
      z.object({ is: z.literal('line'), line: logLine }),
    ]),
  },
  /** A tool was looked at, by anybody: what the call `tools` answers may be other than before. */
  tools: { params: z.object({}), item: z.object({}) },
};

export type TopicName = keyof typeof TOPICS;
export type TopicParams<K extends TopicName> = z.input<(typeof TOPICS)[K]['params']>;
export type TopicChecked<K extends TopicName> = z.output<(typeof TOPICS)[K]['params']>;
export type TopicItem<K extends TopicName> = z.output<(typeof TOPICS)[K]['item']>;

export function isTopic(name: string): name is TopicName {
  return Object.hasOwn(TOPICS, name);
}

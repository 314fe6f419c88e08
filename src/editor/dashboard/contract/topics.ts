import * as z from 'zod';

/** What a page can listen to beside the slices: the shape of the parameters, and of each thing told. */
export const TOPICS = {
  /** Counts up once a second while anything of the config changes; pages that show it read it anew. */
  config: { params: z.object({}), item: z.object({ at: z.number() }) },
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

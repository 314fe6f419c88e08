import type { JsonObject } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReplyContext, StreamWriter } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { frame } from '../shared/sse-frame.ts';
import { OutputBuilder } from './output-builder.ts';

/** Writes a streamed response as OpenAI's API does: `event:` names the type that the data states too. */
export function streamWriter(context: ReplyContext): StreamWriter {
  const builder = new OutputBuilder(context);
  const restorer = new CustomCallRestorer(customToolNames(context.request));
  return {
    push: (event: StreamEvent) => framed(restorer.push(event).flatMap((restored) => builder.push(restored))),
    end: () => framed(builder.end()),
    ping: () => ': ping\n\n',
  };
}

function framed(events: JsonObject[]): string {
  return events.map((event) => frame(event, String(event.type))).join('');
}

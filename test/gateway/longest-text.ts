import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { answers, type ChatRecording } from '../sdk/expected.ts';
import { eventPieces } from '../upstream/bytes.ts';

const UNFIT = ['tools', 'stream-error', 'max-tokens', 'server-tool', 'code-execution', 'mcp', 'shell', 'web-search', 'sse-comments'];

/** The streamed plain text of this format with the most events: room for something to happen in the middle. */
export function longestText(format: ClientDialectId): ChatRecording {
  const [longest] = answers(format)
    .filter(({ response, features }) => response.sse && features.includes('text') && !UNFIT.some((feature) => features.includes(feature)))
    .sort((a, b) => eventsIn(b) - eventsIn(a));
  if (!longest) throw new Error(`no streamed plain text recorded for ${format}`);
  return longest;
}

function eventsIn({ response }: ChatRecording): number {
  return eventPieces(response.sse ?? '').length;
}

import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { answers, type ChatRecording } from '../../sdk/expected.ts';
import { eventPieces } from '../../upstream/bytes.ts';
import { type Reply, recordedText, replyOf } from '../../upstream/reply.ts';

const UNFIT = ['tools', 'stream-error', 'max-tokens', 'server-tool', 'code-execution', 'mcp', 'shell', 'web-search', 'sse-comments'];

/** A recorded answer of plain text, streamed or whole: the shortest there is. */
export function goodRecording(dialect: ClientDialectId, stream: boolean): ChatRecording {
  const [shortest] = plainTexts(dialect, stream);
  if (!shortest) throw new Error(`no plain text recorded for ${dialect}, streamed: ${stream}`);
  return shortest;
}

export function goodReply(dialect: ClientDialectId, stream: boolean): Reply {
  return replyOf(goodRecording(dialect, stream));
}

/** The first half of a streamed answer, well into its text. */
export function beginningOf(dialect: ClientDialectId): string[] {
  const plain = plainTexts(dialect, true).filter(
    ({ features }) => !features.includes('thinking') && !features.includes('reasoning-tokens'),
  );
  const all = plain.map((recording) => eventPieces(recordedText(recording)));
  const pieces = all.find(({ length }) => length >= 8) ?? all.at(-1);
  if (!pieces) throw new Error(`no streamed plain text long enough recorded for ${dialect}`);
  return pieces.slice(0, Math.ceil(pieces.length / 2));
}

/** The shortest first. */
function plainTexts(dialect: ClientDialectId, stream: boolean): ChatRecording[] {
  return answers(dialect)
    .filter(
      ({ features, response }) =>
        features.includes('text') && !UNFIT.some((feature) => features.includes(feature)) && fits(response, stream),
    )
    .sort((a, b) => JSON.stringify(a.response).length - JSON.stringify(b.response).length);
}

function fits({ sse, body }: ChatRecording['response'], stream: boolean): boolean {
  return stream ? sse !== undefined : body !== undefined && !Array.isArray(body);
}

import { CLIENT_DIALECTS, type ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { type Recording, recordings } from '../recordings.ts';
import { type Reply, replyOf } from '../upstream/reply.ts';
import type { ScriptedProvider } from '../upstream/scripted-provider.ts';
import { ask } from './ask.ts';
import type { Outcome } from './neutral.ts';
import { questionFor } from './prompts.ts';

export type ChatRecording = Recording & { format: ClientDialectId };

/** Every recorded answer with status 200 of the four formats. */
export function answers(format?: ClientDialectId): ChatRecording[] {
  return recordings(
    (entry) => entry.status === 200 && isClientDialect(entry.format) && (!format || entry.format === format),
  ) as ChatRecording[];
}

export function isClientDialect(format: string): format is ClientDialectId {
  return (CLIENT_DIALECTS as readonly string[]).includes(format);
}

/**
 * The recorded answer, but for what was left of its account's limits back then: here one account answers hundreds of cases within a
 * minute, and would be held up for having had four requests a minute (a Mistral key's). What limits do is test/routing/limits'.
 */
export function unhurried(recording: Recording): Reply {
  const { headers, ...response } = recording.response;
  const kept = Object.entries(headers).filter(([name]) => !/ratelimit/i.test(name));
  return replyOf({ ...recording, response: { ...response, headers: Object.fromEntries(kept) } });
}

/** What the SDK of the recording's own dialect reads straight from the recorded bytes. */
export async function expectedFrom(provider: ScriptedProvider, recording: ChatRecording): Promise<Outcome> {
  const { body, headers } = questionFor(recording, recording.format);
  provider.script(replyOf(asTheSdkWouldGetIt(recording)));
  const target = { url: provider.url, key: 'unused' };
  const expected = await ask(recording.format, { target, model: recording.model ?? 'model', stream: recording.stream, body, headers });
  provider.reset();
  return expected;
}

/** Gemini streams without `alt=sse` are one JSON array of the same chunks; the SDK always asks for events. */
function asTheSdkWouldGetIt(recording: ChatRecording): Recording {
  const { body, ...response } = recording.response;
  if (!recording.stream || !Array.isArray(body)) return recording;
  const sse = body.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('');
  return { ...recording, response: { ...response, headers: { 'content-type': 'text/event-stream' }, sse } };
}

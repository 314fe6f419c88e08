import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import type { FailureClass } from '../../../src/conversation/error.ts';
import { recordings } from '../../recordings.ts';
import { isClientDialect } from '../../sdk/expected.ts';
import { eventPieces } from '../../upstream/bytes.ts';
import { faults, jsonReply, type Reply, recordedText, replyOf } from '../../upstream/reply.ts';
import { goodRecording } from './good.ts';

/** One way in which a provider fails before its answer has begun. */
export interface Failing {
  name: string;
  class: FailureClass;
  /** What the provider speaks. */
  dialect: ClientDialectId;
  reply(stream: boolean): Reply;
  /** Requests the provider gets for one attempt. A broken connection may just have been an old one, and is tried anew at once. */
  asks: number;
}

/** The class each recorded error stands for, by its status and the words in it: written down here by hand, not taken from src. */
const RECORDED: Partial<Record<FailureClass, string[]>> = {
  auth: [
    'deepseek-error-handling-with-deepseek-deepseek-chat-raises-appropriate-auth-error',
    'google-error-handling-with-gemini-gemini-2-5-flash-raises-appropriate-auth-error',
    'openai-context-context-chat-operations-uses-context-specific-api-keys',
    'mistral-error-handling-with-mistral-mistral-small-latest-raises-appropriate-auth-error',
    'xai-error-handling-with-xai-grok-4-1-fast-non-reasoning-raises-appropriate-auth-error',
    'openai-completion-error',
    'openrouter-error-handling-with-openrouter-claude-haiku-4-5-raises-appropriate-auth-error',
  ],
  quota: ['openai-error-1'],
  billing: ['deepseek-insufficient-balance-402'],
  rate: [
    'anthropic-rate-limit-429',
    'deepseek-rate-limit-429',
    'google-real-error-scenarios-gemini-gemini-2-5-flash-handles-context-length-exceeded-errors',
    'openrouter-errors-raised',
  ],
  overload: ['anthropic-overloaded-529', 'google-internal-500', 'openai-overloaded-event-in-200-stream'],
  capability: [
    'anthropic-model-name-suggestion-anthropic',
    'openai-agents-and-tools-2-stream',
    'openai-response-create-error',
    'vertex-generate-content-missing-model',
  ],
  context: [
    'anthropic-real-error-scenarios-anthropic-claude-haiku-4-5-handles-context-length-exceeded',
    'openai-real-error-scenarios-openai-gpt-5-nano-handles-context-length-exceeded-errors',
    'vertex-real-error-scenarios-vertexai-gemini-2-5-flash-handles-context-length-exceeded-erro-1',
    'ollama-cloud-real-error-scenarios-ollama-cloud-gpt-oss-120b-handles-context-length-exceede',
    'perplexity-real-error-scenarios-perplexity-sonar-handles-context-length-exceeded-errors',
  ],
  request: [
    'openai-vision-2',
    'openai-vision-base64-3',
    'openai-multimodal-tool-return-matrix-direct-binary-audio-openai-chat-1',
    'openai-multimodal-tool-return-matrix-tool-return-content-url-force-download-audio-openai-r-2',
  ],
};

/**
 * Written by hand: nobody recorded a refusal by policy as an error, nor a used-up allowance or an empty account in other dialects than
 * those above. Shapes after https://platform.openai.com/docs/guides/error-codes, https://platform.claude.com/docs/en/api/errors and
 * https://ai.google.dev/gemini-api/docs/troubleshooting.
 */
const BY_HAND: Failing[] = [
  written('a quota of Gemini', 'quota', 'gemini', 429, {
    error: {
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      message: 'You exceeded your current quota.',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
          violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }],
        },
      ],
    },
  }),
  written('an empty balance at Anthropic', 'billing', 'anthropic-messages', 400, {
    type: 'error',
    error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
  }),
  written('a refusal by policy of OpenAI', 'policy', 'openai-chat', 400, {
    error: { message: 'Your request was rejected by our safety system.', type: 'invalid_request_error', code: 'content_policy_violation' },
  }),
];

/** What providers and networks do beside answering with an error. */
const FAULTS: Failing[] = [
  fault('a reset connection', 'network', 'openai-chat', faults.reset, 2),
  fault('a reset connection', 'network', 'anthropic-messages', faults.reset, 2),
  fault('a proxy’s page', 'overload', 'gemini', () => faults.html()),
  fault('a page under status 200', 'overload', 'openai-responses', () => faults.html(200)),
  fault('an empty 200', 'empty', 'openai-chat', () => faults.empty200()),
  fault('an empty 200', 'empty', 'gemini', () => faults.empty200()),
  fault('an error under status 200', 'overload', 'openai-chat', () =>
    faults.errorIn200({ error: { message: 'overloaded', code: 'server_is_overloaded' } }),
  ),
  fault('reasoning and no answer', 'empty', 'openai-chat', thinkingOnly),
  fault('a stream without an event', 'network', 'gemini', () => faults.empty200('text/event-stream')),
  fault('a stream cut before any text', 'network', 'anthropic-messages', () => cutBeforeText('anthropic-messages')),
  fault('a stream cut before any text', 'network', 'openai-responses', () => cutBeforeText('openai-responses')),
];

/** Failures of a class: recorded ones first. */
export function failuresOf(kind: FailureClass): Failing[] {
  return [...recorded(kind), ...[...BY_HAND, ...FAULTS].filter((failing) => failing.class === kind)];
}

function recorded(kind: FailureClass): Failing[] {
  const names = new Set(RECORDED[kind] ?? []);
  const found = recordings((entry) => names.has(entry.name) && isClientDialect(entry.format));
  if (found.length !== names.size) throw new Error(`of ${names.size} recordings of class ${kind}, ${found.length} are there`);
  return found.flatMap((recording) =>
    isClientDialect(recording.format)
      ? [{ name: recording.name, class: kind, dialect: recording.format, reply: () => replyOf(recording), asks: 1 }]
      : [],
  );
}

function written(name: string, kind: FailureClass, dialect: ClientDialectId, status: number, body: unknown): Failing {
  return { name, class: kind, dialect, reply: () => jsonReply(body, status), asks: 1 };
}

function fault(name: string, kind: FailureClass, dialect: ClientDialectId, reply: Failing['reply'], asks = 1): Failing {
  return { name: `${name} (${dialect})`, class: kind, dialect, reply, asks };
}

function thinkingOnly(stream: boolean): Reply {
  const message = { role: 'assistant', content: '', reasoning_content: 'Let me think.' };
  const shared = { id: 'c', created: 1, model: 'm' };
  if (!stream) {
    return jsonReply({ ...shared, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] });
  }
  const chunks = [
    { ...shared, object: 'chat.completion.chunk', choices: [{ index: 0, delta: message, finish_reason: null }] },
    { ...shared, object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ];
  return eventsReply('thinking only', [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n']);
}

/** The events of a recorded answer up to the first text. */
function cutBeforeText(dialect: ClientDialectId): Reply {
  const pieces = eventPieces(recordedText(goodRecording(dialect, true)));
  return eventsReply('cut before text', pieces.slice(0, 1));
}

export function eventsReply(label: string, events: string[], last: 'end' | 'destroy' | 'hang' = 'end'): Reply {
  return {
    label,
    head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
    steps: [{ do: 'send', bytes: events.join('') }, { do: last }],
  };
}

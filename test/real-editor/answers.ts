import type { Reply, Step } from '../upstream/reply.ts';

/** Answers in the shape of OpenAI's chat completions, as the account of provider `openai-compatible` expects them. */

type Delta = Record<string, unknown>;

export const USAGE = { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 };

/** A streamed text, one chunk a word; `between` makes the pause before each. */
export function says(text: string, between?: () => Step): Reply {
  const words = text.match(/\S+\s*/g) ?? [];
  return streamed(
    'text',
    words.map((content) => ({ content })),
    'stop',
    between,
  );
}

/** A call of one tool. */
export function calls(name: string, args: unknown, id = 'call_1'): Reply {
  const call = { index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(args) } };
  return streamed(`call ${name}`, [{ role: 'assistant', content: null, tool_calls: [call] }], 'tool_calls');
}

/** A failure as OpenAI words it. */
export function refuses(status: number, message: string): Reply {
  const body = { error: { message, type: status === 401 ? 'invalid_request_error' : 'server_error', code: null } };
  return {
    label: `refusal ${status}`,
    head: { status, headers: { 'content-type': 'application/json' } },
    steps: [{ do: 'send', bytes: JSON.stringify(body) }, { do: 'end' }],
  };
}

function streamed(label: string, deltas: Delta[], finish: string, between?: () => Step): Reply {
  const steps = deltas.flatMap((delta): Step[] => [...(between ? [between()] : []), event({ choices: [{ index: 0, delta }] })]);
  return {
    label,
    head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
    steps: [
      ...steps,
      event({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }),
      event({ choices: [], usage: USAGE }),
      { do: 'send', bytes: 'data: [DONE]\n\n' },
      { do: 'end' },
    ],
  };
}

function event(fields: Record<string, unknown>): Step {
  const chunk = { id: 'chatcmpl-scripted', object: 'chat.completion.chunk', created: 1, model: 'scripted-model', ...fields };
  return { do: 'send', bytes: `data: ${JSON.stringify(chunk)}\n\n` };
}

const CHUNKS = 200;

/** What the provider says, as bytes: a small JSON answer and a stream of 200 chunks in two dialects, and a stream of 20. */
export const CHAT_JSON = bytes({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A short answer.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
});

export const MESSAGE_JSON = bytes({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'bench',
  content: [{ type: 'text', text: 'A short answer.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 9, output_tokens: 4 },
});

export const CHAT_STREAM = chatStream(CHUNKS);
export const SHORT_STREAM = chatStream(20);

export const MESSAGE_STREAM = [
  event('message_start', {
    type: 'message_start',
    message: {
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      model: 'bench',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1 },
    },
  }),
  event('content_block_start', { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  ...Array.from({ length: CHUNKS }, (_, at) =>
    event('content_block_delta', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ` word${at}` } }),
  ),
  event('content_block_stop', { type: 'content_block_stop', index: 0 }),
  event('message_delta', {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: CHUNKS },
  }),
  event('message_stop', { type: 'message_stop' }),
];

function chatStream(chunks: number): Buffer[] {
  const chunk = (choices: unknown[], usage?: unknown): Buffer =>
    Buffer.from(
      `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', choices, ...(usage ? { usage } : {}) })}\n\n`,
    );
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...Array.from({ length: chunks }, (_, at) => chunk([{ index: 0, delta: { content: ` word${at}` }, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
    chunk([], { prompt_tokens: 9, completion_tokens: chunks, total_tokens: 9 + chunks }),
    Buffer.from('data: [DONE]\n\n'),
  ];
}

function event(name: string, data: unknown): Buffer {
  return Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

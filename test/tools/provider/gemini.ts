import { asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { geminiProblems, keepsSignatures } from './gemini-rules.ts';
import { halves, newId, objects, type Reply, TOKENS, type Told, type Wire } from './wire.ts';

/** The proof a Gemini 3 model hangs on its call; Google refuses a next turn without it. */
export const SIGNATURE = 'CiQBEU0yD1hCYiUoRFyerO7xltRNYWnI+sSFA1cwzfrO0/SJUz0KfAERTTIPUEvhjyz7G/iprUJjYh+Z70/J9JG0xhYhj+xeIMHhTA==';

const PATH = /^\/v1(?:beta)?\/models\/([^:]+):(generateContent|streamGenerateContent|countTokens)$/;

/** Gemini generateContent, framed (with CRLF) as in recordings/gemini/google-streaming-reasoning-with-multiple-tool-calls. */
export const geminiWire: Wire = {
  id: 'gemini',
  asked: (path) => {
    const [, model, action] = PATH.exec(path) ?? [];
    if (model === undefined) return undefined;
    const kind = action === 'countTokens' ? 'count-tokens' : 'chat';
    return { kind, model: decodeURIComponent(model), stream: action === 'streamGenerateContent' };
  },
  offered: (body) =>
    objects(body.tools)
      .flatMap((tool) => objects(tool.functionDeclarations))
      .flatMap((declaration) => {
        const name = asString(declaration.name);
        return name === undefined ? [] : [{ name, kind: 'function' as const }];
      }),
  calls: (body) => parts(body).flatMap((part) => told(part, 'functionCall', 'args')),
  results: (body) => parts(body).flatMap((part) => told(part, 'functionResponse', 'response')),
  whole: (reply, model) => chunk(newId(''), [...textParts([reply.text]), ...callParts(reply, model)], model, true),
  stream: (reply, model) => {
    const id = newId('');
    const parts = [...textParts(halves(reply.text)), ...callParts(reply, model)];
    return [...parts.map((part) => frame(chunk(id, [part], model, false))), frame(chunk(id, [{ text: '' }], model, true))];
  },
  problems: geminiProblems,
  givesIds: keepsSignatures,
  error: (message) => ({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }),
};

const frame = (data: JsonObject): string => `data: ${JSON.stringify(data)}\r\n\r\n`;
const textParts = (texts: string[]): JsonObject[] => texts.map((text) => ({ text }));

function parts(body: JsonObject): JsonObject[] {
  return objects(body.contents).flatMap((content) => objects(content.parts));
}

function told(part: JsonObject, field: string, value: string): Told[] {
  const object = asObject(part[field]);
  if (!object) return [];
  const signature = asString(part.thoughtSignature);
  return [{ id: asString(object.id), name: asString(object.name), text: JSON.stringify(object[value] ?? null), signature }];
}

/** From Gemini 3 on calls have an id, and the first of an answer a signature; before that, neither (recordings of gemini-2.5-flash). */
function callParts(reply: Reply, model: string): JsonObject[] {
  if (!keepsSignatures(model)) return reply.calls.map(({ name, input }) => ({ functionCall: { name, args: input } }));
  return reply.calls.map(({ id, name, input }, index) => ({
    functionCall: { name, args: input, id },
    ...(index === 0 ? { thoughtSignature: SIGNATURE } : {}),
  }));
}

function chunk(id: string, content: JsonObject[], model: string, last: boolean): JsonObject {
  return {
    candidates: [{ content: { parts: content, role: 'model' }, ...(last ? { finishReason: 'STOP' } : {}), index: 0 }],
    usageMetadata: {
      promptTokenCount: TOKENS.input,
      cachedContentTokenCount: TOKENS.cacheRead,
      candidatesTokenCount: TOKENS.output,
      totalTokenCount: TOKENS.input + TOKENS.output,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: TOKENS.input }],
      serviceTier: 'standard',
    },
    modelVersion: model,
    responseId: id,
  };
}

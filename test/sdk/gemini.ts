import {
  type Candidate,
  type Content,
  type FunctionCall,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
  type Part,
} from '@google/genai';
import { emptyChoice, type Neutral, type NeutralChoice, type NeutralFinish, type NeutralUsage, SilentEnd, sum } from './neutral.ts';
import { grownArgs } from './partial-args.ts';
import { type Ask, TIMEOUT_MS } from './target.ts';

/** Asks through `@google/genai`. The body is in the REST form; the SDK wants most of it inside `config`. */
export async function askGemini(ask: Ask): Promise<Neutral> {
  const client = new GoogleGenAI({
    apiKey: ask.target.key,
    httpOptions: { baseUrl: ask.target.url, apiVersion: 'v1beta', timeout: TIMEOUT_MS, headers: ask.headers ?? {} },
  });
  const parameters = parametersOf(ask);
  if (!ask.stream) return read([await client.models.generateContent(parameters)]);
  const chunks: GenerateContentResponse[] = [];
  for await (const chunk of await client.models.generateContentStream(parameters)) {
    chunks.push(chunk);
    ask.onEvent?.();
  }
  return read(chunks);
}

/** https://ai.google.dev/api/generate-content: the SDK spreads `generationConfig` into `config` and puts the other fields beside it. */
function parametersOf({ body, model, signal }: Ask): GenerateContentParameters {
  const { contents, generationConfig, ...beside } = body;
  return {
    model,
    contents: contents as Content[],
    config: { ...(generationConfig as object), ...(beside as object), ...(signal ? { abortSignal: signal } : {}) },
  };
}

interface Gathered extends NeutralChoice {
  reason: string | number | undefined;
  /** A call whose arguments are still coming in pieces (`willContinue`). */
  open: { call: { id: string | undefined; name: string; args: unknown } } | undefined;
}

function read(chunks: GenerateContentResponse[]): Neutral {
  const byIndex = new Map<number, Gathered>();
  let usage: GenerateContentResponse['usageMetadata'];
  let blocked = false;
  for (const chunk of chunks) {
    // Each report is whole (the counts of a turn's steps are not added up); Vertex' early ones hold no counts.
    if (chunk.usageMetadata?.candidatesTokenCount !== undefined || chunk.usageMetadata?.totalTokenCount !== undefined)
      usage = chunk.usageMetadata;
    blocked ||= Boolean(chunk.promptFeedback?.blockReason);
    for (const candidate of chunk.candidates ?? []) {
      const into = byIndex.get(candidate.index ?? 0) ?? { ...emptyChoice(), reason: undefined, open: undefined };
      byIndex.set(candidate.index ?? 0, into);
      add(into, candidate);
    }
  }
  if (blocked && byIndex.size === 0) return { choices: [{ ...emptyChoice(), finish: 'blocked' }], usage: usageOf(usage) };
  const choices = [...byIndex.entries()].sort(([a], [b]) => a - b).map(([, choice]) => choice);
  if (choices.length === 0 || choices.some(({ reason }) => reason === undefined)) throw new SilentEnd('the answer has no finish reason');
  return { choices: choices.map(ended), usage: usageOf(usage) };
}

function add(into: Gathered, candidate: Candidate): void {
  if (candidate.finishReason !== undefined) into.reason = candidate.finishReason;
  for (const part of candidate.content?.parts ?? []) addPart(into, part);
}

function addPart(into: Gathered, part: Part): void {
  if (part.functionCall) addCall(into, part.functionCall);
  else if (part.text !== undefined && part.thought) into.reasoning += part.text;
  else if (part.text !== undefined) into.text += part.text;
  else if (part.inlineData || part.fileData) into.others.push('media');
  else {
    const type = Object.keys(part).find((key) => !['thought', 'thoughtSignature'].includes(key));
    if (type) into.others.push(type);
  }
}

/** Streamed arguments: a call opens with its name, grows by JSON paths, and closes with the first part that does not continue. */
function addCall(into: Gathered, part: FunctionCall): void {
  if (part.name !== undefined) {
    into.open = { call: { id: part.id, name: part.name, args: part.args ?? {} } };
    into.toolCalls.push(into.open.call);
  }
  if (into.open) into.open.call.args = grownArgs(into.open.call.args, part.partialArgs ?? []);
  if (!part.willContinue) into.open = undefined;
}

function ended({ reason, open: _, ...choice }: Gathered): NeutralChoice {
  return { ...choice, finish: finishOf(reason) };
}

/** Numbers: the enum's own, given by Vertex when asked with `enum-encoding=int` (recording vertex-generate-content-extra-params). */
function finishOf(reason: string | number | undefined): NeutralFinish {
  switch (reason) {
    case 'STOP':
    case 1:
      return 'stop';
    case 'MAX_TOKENS':
    case 2:
      return 'length';
    case 'SAFETY':
    case 'RECITATION':
    case 'BLOCKLIST':
    case 'PROHIBITED_CONTENT':
    case 'SPII':
    case 'LANGUAGE':
    case 'MODEL_ARMOR':
    case 'IMAGE_SAFETY':
    case 'IMAGE_PROHIBITED_CONTENT':
    case 'IMAGE_RECITATION':
    case 3:
    case 4:
      return 'blocked';
    default:
      return 'other';
  }
}

/** Thoughts are counted apart from candidates, tool-use prompts apart from the prompt (https://ai.google.dev/api/generate-content#UsageMetadata). */
function usageOf(usage: GenerateContentResponse['usageMetadata']): NeutralUsage {
  return {
    input: sum(usage?.promptTokenCount, usage?.toolUsePromptTokenCount),
    cacheRead: usage?.cachedContentTokenCount,
    output: sum(usage?.candidatesTokenCount, usage?.thoughtsTokenCount),
    reasoning: usage?.thoughtsTokenCount,
  };
}

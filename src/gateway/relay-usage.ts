import { asNumber, asObject, isObject, type JsonObject, parseJson } from '../conversation/json.ts';
import type { Usage } from '../conversation/usage.ts';

/** Vectors fill megabytes, and every vendor tells the usage near the end (recordings embeddings, rerank, openai-completions). */
const KEPT_BYTES = 16 * 1024;
/** As keys: inside a JSON string the quotation marks would be escaped. */
const NAMED = /"(usage|usageMetadata|meta)"\s*:\s*(?=\{)/g;

/** Watches the bytes of a relayed answer, whole or streamed, for the usage it tells; keeps no more than its last 16 KB. */
export class RelayUsage {
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  see(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    for (let first = this.#pieces[0]; first && this.#bytes - first.length >= KEPT_BYTES; first = this.#pieces[0]) {
      this.#pieces.shift();
      this.#bytes -= first.length;
    }
  }

  /** What was told last; `undefined` when nothing was. */
  read(): Usage | undefined {
    const text = Buffer.concat(this.#pieces).toString('utf8');
    for (const { 1: name, 0: key, index } of [...text.matchAll(NAMED)].reverse()) {
      const json = parseJson(objectAt(text, index + key.length));
      const usage = isObject(json) ? usageOf(name, json) : undefined;
      if (usage) return usage;
    }
    return undefined;
  }
}

/** The text of the JSON object that begins at `start`. */
function objectAt(text: string, start: number): string {
  let depth = 0;
  for (const { 0: sign, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth === 0) return text.slice(start, start + index + 1);
  }
  return '';
}

function usageOf(name: string | undefined, json: JsonObject): Usage | undefined {
  switch (name) {
    case 'usage':
      return known(...openaiCounts(json));
    case 'usageMetadata':
      return known(asNumber(json.promptTokenCount), asNumber(json.candidatesTokenCount));
    default:
      return cohereUsage(json);
  }
}

/** Embeddings name `prompt_tokens` and a total; rerankers a total alone (Voyage, Jina), and write nothing: all of it is input. */
function openaiCounts({ prompt_tokens, completion_tokens, total_tokens }: JsonObject): [number | undefined, number | undefined] {
  const total = asNumber(total_tokens);
  const input = asNumber(prompt_tokens) ?? (completion_tokens === undefined ? total : undefined);
  const rest = input === undefined || total === undefined ? undefined : Math.max(0, total - input);
  return [input, asNumber(completion_tokens) ?? rest];
}

/** Cohere's `meta.tokens`, else what it bills (docs.cohere.com/reference/embed). Searches are no tokens. */
function cohereUsage(meta: JsonObject): Usage | undefined {
  const counts = asObject(meta.tokens) ?? asObject(meta.billed_units);
  return known(asNumber(counts?.input_tokens), asNumber(counts?.output_tokens));
}

function known(input: number | undefined, output: number | undefined): Usage | undefined {
  if (input === undefined && output === undefined) return undefined;
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) };
}

import { asArray, asNumber, asObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, Tool } from '../../conversation/request.ts';
import { kept } from './extension.ts';

/**
 * Tools that stand in the input instead of in `tools` (npm `openai` 6, `ResponseInputItem.AdditionalTools`): Codex offers all of its
 * tools so to gpt-5.6 and later (docs/tools-on-the-wire.md). Other dialects get them as tools like any other, after the request's own;
 * for this dialect the item is kept with its place, and with the number of tools it brought.
 */
export const ADDED_TOOLS = 'additional_tools';

/** Reads the tools of every such item, and gives what is to be kept of them (`undefined` when there are none). */
export function readAddedTools(
  input: unknown,
  read: (tools: JsonObject[], path: string) => Tool[],
): { tools: Tool[]; kept?: JsonObject[] } {
  const tools: Tool[] = [];
  const added: JsonObject[] = [];
  for (const [at, value] of asArray(input).entries()) {
    const item = asObject(value);
    if (item?.type !== ADDED_TOOLS) continue;
    const brought = read(objects(item.tools), `input[${at}].tools`);
    tools.push(...brought);
    added.push({ at, item, count: brought.length });
  }
  return added.length > 0 ? { tools, kept: added } : { tools };
}

/** The request's tools without those that stand in its input: they are the last ones. */
export function ownTools(request: ChatRequest): Tool[] {
  const tools = request.tools ?? [];
  const added = objects(kept(request).added).reduce((sum, { count }) => sum + (asNumber(count) ?? 0), 0);
  return tools.slice(0, Math.max(0, tools.length - added));
}

/** The written input with the items back in their places. */
export function withAddedTools(items: JsonObject[], request: ChatRequest): Json[] {
  const whole: Json[] = [...items];
  for (const { at, item } of objects(kept(request).added)) whole.splice(asNumber(at) ?? 0, 0, item ?? null);
  return whole;
}

function objects(value: unknown): JsonObject[] {
  return asArray(value)
    .map(asObject)
    .filter((item) => item !== undefined);
}

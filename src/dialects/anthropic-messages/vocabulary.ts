import type { CacheMark } from '../../conversation/content.ts';
import type { Extensions } from '../../conversation/dialect-id.ts';
import { asObject, asString, type Json, type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';

export const DIALECT = 'anthropic-messages';

/** What this dialect alone knows about a part, message, tool or request. */
export const ownExtension = (holder: { extensions?: Extensions }): JsonObject => holder.extensions?.[DIALECT] ?? {};

/** `{extensions: {…}}` for the fields that no canonical field holds, to be spread; empty when there are none. */
export function extensionOf(object: JsonObject, known: ReadonlySet<string>): { extensions?: Extensions } {
  const rest = unknownFields(object, known);
  return rest ? { extensions: { [DIALECT]: rest } } : {};
}

/** `cache_control` as a mark, to be spread. Fields beside type and ttl are kept by `cacheExtras`. */
export function readCache(value: Json | undefined): { cache?: CacheMark } {
  const control = asObject(value);
  if (!control) return {};
  const ttl = asString(control.ttl);
  return { cache: ttl === undefined ? {} : { ttl } };
}

export function writeCache(cache: CacheMark | undefined): JsonObject {
  if (!cache) return {};
  return { cache_control: { type: 'ephemeral', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) } };
}

/** The tool names of a request as this API takes them (its 400: "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"). */
export const toolNamesFor = (request: ChatRequest): ToolNames => new ToolNames(toolNamesOf(request), /^[a-zA-Z0-9_-]{1,128}$/, 128);

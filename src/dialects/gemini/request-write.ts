import type { JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import { writeGenerationConfig } from './config-write.ts';
import { writeConversation } from './contents-write.ts';
import { withKept } from './fields.ts';
import { familyOf } from './model-family.ts';
import { geminiToolNames } from './names.ts';
import type { Writing } from './part-write.ts';
import { writeToolConfig, writeTools } from './tools-write.ts';

/** Writes a `generateContent` body. Model and streaming stand in the URL, not here. Never throws; what cannot be said is warned about. */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const own = request.dialect === 'gemini';
  const writing: Writing = { request, context, names: geminiToolNames(request), family: familyOf(context.model), own };
  const extension = own ? request.extensions?.gemini : undefined;
  const { toolConfig: keptToolConfig, generationConfig: keptConfig, ...rest } = extension ?? {};
  const body: JsonObject = { ...rest, ...writeConversation(writing) };
  const tools = writeTools(writing);
  if (tools.length > 0) body.tools = tools;
  const toolConfig = withKept(writeToolConfig(writing, tools), objectOrNone(keptToolConfig));
  if (Object.keys(toolConfig).length > 0) body.toolConfig = toolConfig;
  const config = withKept(writeGenerationConfig(writing), objectOrNone(keptConfig));
  if (Object.keys(config).length > 0) body.generationConfig = config;
  return body;
}

function objectOrNone(value: JsonObject[string]): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

import type { z } from 'zod';
import type { Message } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asArray, asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { RequestRoute } from '../dialect.ts';
import { readGenerationConfig } from './config-read.ts';
import { readContents, readSystem } from './contents-read.ts';
import { camelFields, camelValue } from './fields.ts';
import { camelPart, kept } from './part-read.ts';
import { requestShape } from './request-shape.ts';
import { readToolConfig, readTools } from './tools-read.ts';

/**
 * Reads a `generateContent` body (ai.google.dev/api/generate-content, and Vertex's form of it); model and streaming come from the URL.
 * Both spellings of field names are taken. Fails with class `request` and the field's path.
 */
export function readRequest(body: unknown, route: RequestRoute): Parsed<ChatRequest> {
  if (!isObject(body)) return failure('The request body must be a JSON object.');
  const named = camelRequest(body);
  const checked = requestShape.safeParse(named);
  if (!checked.success) return failure(...firstIssue(checked.error));
  return { ok: true, value: assemble(named, route) };
}

function failure(message: string, param?: string): { ok: false; error: GatewayError } {
  return { ok: false, error: new GatewayError({ class: 'request', code: 'INVALID_ARGUMENT', message, ...(param ? { param } : {}) }) };
}

function firstIssue(error: z.ZodError): [string, string] {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).reduce<string>(
    (at, step) => (typeof step === 'number' ? `${at}[${step}]` : at ? `${at}.${String(step)}` : String(step)),
    '',
  );
  return [`Invalid value at '${path}': ${issue?.message ?? 'not understood'}.`, path];
}

function assemble(body: JsonObject, route: RequestRoute): ChatRequest {
  const { contents, systemInstruction, tools, toolConfig, generationConfig, model, ...rest } = body;
  const config = readGenerationConfig(asObject(generationConfig));
  const calling = readToolConfig(asObject(toolConfig));
  const offered = readTools(asArray(tools));
  const messages: Message[] = [...readSystem(systemInstruction), ...readContents(asArray(contents))];
  return {
    dialect: 'gemini',
    model: route.model ?? (typeof model === 'string' ? model.replace(/^models\//, '') : ''),
    messages,
    ...(offered.length > 0 ? { tools: offered } : {}),
    ...(calling.choice ? { toolChoice: calling.choice } : {}),
    sampling: config.sampling,
    ...(config.reasoning ? { reasoning: config.reasoning } : {}),
    ...(config.output ? { output: config.output } : {}),
    ...(config.modalities ? { modalities: config.modalities } : {}),
    stream: route.stream ?? false,
    ...kept({ ...rest, toolConfig: calling.rest, generationConfig: config.rest }),
  };
}

/** The body with camel-case names wherever Google defines them. */
function camelRequest(body: JsonObject): JsonObject {
  const named = camelFields(body);
  named.contents = listOf(named.contents).map(camelContent);
  if (isObject(named.systemInstruction)) named.systemInstruction = camelContent(named.systemInstruction);
  if (named.tools !== undefined && named.tools !== null) named.tools = listOf(named.tools).map(camelTool);
  named.toolConfig = nested(named.toolConfig, 'functionCallingConfig');
  named.generationConfig = nested(named.generationConfig, 'thinkingConfig');
  return named;
}

/** Google's JSON parser takes one message where a list is meant. */
function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : [];
}

function camelContent(content: Json): Json {
  if (!isObject(content)) return content;
  const named = camelFields(content);
  if (isObject(named.parts)) named.parts = [named.parts];
  if (Array.isArray(named.parts)) named.parts = named.parts.map((part) => (isObject(part) ? camelPart(part) : part));
  return named;
}

function camelTool(tool: Json): Json {
  if (!isObject(tool)) return tool;
  const named = camelFields(tool);
  if (Array.isArray(named.functionDeclarations)) {
    named.functionDeclarations = named.functionDeclarations.map((declaration) => camelValue(declaration) ?? null);
  }
  return named;
}

function nested(value: Json | undefined, inner: string): Json | undefined {
  if (!isObject(value)) return value;
  const named = camelFields(value);
  if (named[inner] !== undefined) named[inner] = camelValue(named[inner]);
  return named;
}

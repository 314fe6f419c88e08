import { asArray, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { Problems, words } from './rules.ts';
import { objects } from './wire.ts';

/** Field names of `GenerateContentRequest` and its parts (googleapis generativelanguage v1beta): any other is "Unknown name … Cannot find field". */
const TOP = words('model contents systemInstruction tools toolConfig safetySettings generationConfig cachedContent store serviceTier');
const PART =
  words(`text inlineData fileData functionCall functionResponse executableCode codeExecutionResult thought thoughtSignature videoMetadata
  mediaResolution partMetadata`);
const CONFIG = words(`stopSequences responseMimeType responseSchema responseJsonSchema _responseJsonSchema responseModalities candidateCount
  maxOutputTokens temperature topP topK seed presencePenalty frequencyPenalty responseLogprobs logprobs enableEnhancedCivicAnswers speechConfig
  thinkingConfig imageConfig mediaResolution`);
const TOOL = words('functionDeclarations googleSearch googleSearchRetrieval codeExecution computerUse urlContext googleMaps fileSearch');
const DECLARATION = words('name description behavior parameters parametersJsonSchema response responseJsonSchema');
const SCHEMA =
  words(`type format title description nullable enum maxItems minItems properties required minProperties maxProperties minLength
  maxLength pattern example anyOf propertyOrdering default items minimum maximum`);

/** Models that give every call an id and a thought signature and want both back. */
export const keepsSignatures = (model: string): boolean => /^gemini-[3-9]/.test(model);

/** What generativelanguage.googleapis.com would refuse. `body.model` holds the model of the URL. */
export function geminiProblems(body: JsonObject): string[] {
  const problems = new Problems();
  problems.only(body, 'body', TOP);
  problems.only(asObject(body.generationConfig) ?? {}, 'generationConfig', CONFIG);
  const contents = objects(body.contents);
  problems.unless(contents.length > 0, 'contents', 'empty');
  for (const [index, content] of contents.entries()) contentProblems(problems, content, `contents[${index}]`);
  for (const tool of objects(body.tools)) toolProblems(problems, tool);
  orderProblems(problems, contents);
  if (keepsSignatures(asString(body.model) ?? '')) signatureProblems(problems, contents);
  return problems.found;
}

function contentProblems(problems: Problems, content: JsonObject, path: string): void {
  problems.only(content, path, ['role', 'parts']);
  problems.unless(content.role === 'user' || content.role === 'model', path, `role ${content.role}`);
  problems.unless(objects(content.parts).length > 0, path, 'no parts');
  for (const part of objects(content.parts)) {
    problems.only(part, path, PART);
    const call = asObject(part.functionCall);
    if (call) problems.only(call, path, ['id', 'name', 'args']);
    const result = asObject(part.functionResponse);
    if (!result) continue;
    problems.only(result, path, words('id name response willContinue scheduling parts'));
    problems.unless(asObject(result.response) !== undefined, path, 'functionResponse.response is not an object');
    problems.unless((asString(result.name) ?? '') !== '', path, 'functionResponse.name is empty');
  }
}

function toolProblems(problems: Problems, tool: JsonObject): void {
  problems.only(tool, 'tools', TOOL);
  for (const declaration of objects(tool.functionDeclarations)) {
    const path = `tools.${declaration.name}`;
    problems.only(declaration, path, DECLARATION);
    problems.unless(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$/.test(asString(declaration.name) ?? ''), path, 'name');
    problems.unless(!(declaration.parameters && declaration.parametersJsonSchema), path, 'two schemas');
    const schema = asObject(declaration.parameters);
    if (schema) schemaProblems(problems, schema, path);
  }
}

/** The `Schema` message is a fixed subset of OpenAPI 3.0. */
function schemaProblems(problems: Problems, schema: JsonObject, path: string): void {
  problems.only(schema, path, SCHEMA);
  problems.unless(typeof schema.type === 'string' || schema.anyOf !== undefined, path, 'no type');
  const properties = asObject(schema.properties) ?? {};
  for (const name of asArray(schema.required)) problems.unless(String(name) in properties, path, `required ${name} is not a property`);
  for (const value of asArray(schema.enum)) problems.unless(typeof value === 'string', path, 'enum holds what is not a string');
  if (String(schema.type).toUpperCase() === 'ARRAY') problems.unless(asObject(schema.items) !== undefined, path, 'missing items');
  for (const [name, inner] of Object.entries(properties)) schemaProblems(problems, asObject(inner) ?? {}, `${path}.${name}`);
  const items = asObject(schema.items);
  if (items) schemaProblems(problems, items, `${path}[]`);
  for (const inner of objects(schema.anyOf)) schemaProblems(problems, inner, `${path}|`);
}

const having = (content: JsonObject | undefined, field: string): JsonObject[] =>
  objects(content?.parts).filter((part) => part[field] !== undefined);

/** A turn of calls comes right after the user's, and the next turn holds as many responses as there were calls. */
function orderProblems(problems: Problems, contents: JsonObject[]): void {
  problems.unless(contents[0]?.role !== 'model' || having(contents[0], 'functionCall').length === 0, 'contents[0]', 'a call comes first');
  for (const [index, content] of contents.entries()) {
    const calls = having(content, 'functionCall').length;
    const results = having(content, 'functionResponse').length;
    const path = `contents[${index}]`;
    if (calls > 0) problems.unless(contents[index - 1]?.role === 'user', path, 'a call does not follow a turn of the user');
    if (calls > 0)
      problems.unless(having(contents[index + 1], 'functionResponse').length === calls, path, 'calls and responses differ in number');
    if (results > 0)
      problems.unless(having(contents[index - 1], 'functionCall').length === results, path, 'responses do not follow their calls');
  }
}

/** Gemini 3 answers 400 when the first call of a step of the current turn lacks its signature (docs: thought signatures). */
function signatureProblems(problems: Problems, contents: JsonObject[]): void {
  const start = contents.findLastIndex((content) => content.role === 'user' && having(content, 'text').length > 0);
  for (const content of contents.slice(start + 1)) {
    const [first] = having(content, 'functionCall');
    if (!first) continue;
    const name = asObject(first.functionCall)?.name;
    problems.unless(typeof first.thoughtSignature === 'string', 'contents', `Function call ${name} is missing a thought_signature`);
  }
}

import * as z from 'zod';

/**
 * What must hold of a generateContent body before it can be read; anything further is the vendor's to judge. Loose on purpose: fields
 * that Google adds must not break a user. Names are camel-case here: `camelRequest` has run.
 */
const text = z.string().nullish();
const count = z.number().nullish();
const object = z.record(z.string(), z.unknown());
const struct = object.nullish();

const blob = z.looseObject({ mimeType: text, data: z.string() });
const file = z.looseObject({ mimeType: text, fileUri: z.string() });
const part = z.looseObject({
  text,
  thought: z.boolean().nullish(),
  thoughtSignature: text,
  inlineData: blob.nullish(),
  fileData: file.nullish(),
  functionCall: z.looseObject({ id: text, name: z.string(), args: struct }).nullish(),
  functionResponse: z.looseObject({ id: text, name: z.string(), response: struct, parts: z.array(object).nullish() }).nullish(),
});

const content = z.looseObject({
  role: z.enum(['user', 'model', 'function', 'system', '']).nullish(),
  parts: z.array(part).nullish(),
});

const declaration = z.looseObject({ name: z.string().min(1), description: text, parameters: struct, parametersJsonSchema: struct });
const tool = z.looseObject({ functionDeclarations: z.array(declaration).nullish() });

const calling = z.looseObject({
  mode: z.union([z.string(), z.number()]).nullish(),
  allowedFunctionNames: z.array(z.string()).nullish(),
});

const generation = z.looseObject({
  temperature: count,
  topP: count,
  topK: count,
  candidateCount: count,
  maxOutputTokens: count,
  seed: count,
  presencePenalty: count,
  frequencyPenalty: count,
  logprobs: count,
  responseLogprobs: z.boolean().nullish(),
  stopSequences: z.array(z.string()).nullish(),
  responseMimeType: text,
  responseSchema: struct,
  responseJsonSchema: struct,
  responseModalities: z.array(z.union([z.string(), z.number()])).nullish(),
  thinkingConfig: z.looseObject({ thinkingBudget: count, thinkingLevel: text, includeThoughts: z.boolean().nullish() }).nullish(),
});

export const requestShape = z.looseObject({
  contents: z.array(content),
  systemInstruction: z.union([z.string(), content]).nullish(),
  tools: z.array(tool).nullish(),
  toolConfig: z.looseObject({ functionCallingConfig: calling.nullish() }).nullish(),
  generationConfig: generation.nullish(),
});

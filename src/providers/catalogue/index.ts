import type { Provider } from '../provider.ts';
import { alibaba } from './alibaba.ts';
import { alibabaCn } from './alibaba-cn.ts';
import { anthropic } from './anthropic.ts';
import { anthropicCompatible } from './anthropic-compatible.ts';
import { bailianCodingPlan } from './bailian-coding-plan.ts';
import { bailianCodingPlanCn } from './bailian-coding-plan-cn.ts';
import { cerebras } from './cerebras.ts';
import { codestral } from './codestral.ts';
import { cohere } from './cohere.ts';
import { deepseek } from './deepseek.ts';
import { demo } from './demo.ts';
import { gemini } from './gemini.ts';
import { geminiCompatible } from './gemini-compatible.ts';
import { glm } from './glm.ts';
import { glmCn } from './glm-cn.ts';
import { glmCnGeneral } from './glm-cn-general.ts';
import { glmGeneral } from './glm-general.ts';
import { groq } from './groq.ts';
import { kimiCodingApikey } from './kimi-coding-apikey.ts';
import { minimax } from './minimax.ts';
import { minimaxCn } from './minimax-cn.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { moonshotCn } from './moonshot-cn.ts';
import { nvidia } from './nvidia.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { openaiResponsesCompatible } from './openai-responses-compatible.ts';
import { openrouter } from './openrouter.ts';
import { perplexity } from './perplexity.ts';
import { xai } from './xai.ts';

/** One line a provider, in the order a person picks from. */
export const catalogue: readonly Provider[] = [
  openai,
  anthropic,
  gemini,
  openrouter,
  deepseek,
  groq,
  mistral,
  codestral,
  xai,
  cerebras,
  perplexity,
  cohere,
  nvidia,
  glm,
  glmGeneral,
  glmCn,
  glmCnGeneral,
  moonshot,
  moonshotCn,
  kimiCodingApikey,
  minimax,
  minimaxCn,
  alibaba,
  alibabaCn,
  bailianCodingPlan,
  bailianCodingPlanCn,
  openaiCompatible,
  openaiResponsesCompatible,
  anthropicCompatible,
  geminiCompatible,
  demo,
];

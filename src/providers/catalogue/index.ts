import type { Provider } from '../provider.ts';
import { ai21 } from './ai21.ts';
import { alibaba } from './alibaba.ts';
import { alibabaCn } from './alibaba-cn.ts';
import { anthropic } from './anthropic.ts';
import { anthropicCompatible } from './anthropic-compatible.ts';
import { azure } from './azure.ts';
import { azureDeployments } from './azure-deployments.ts';
import { bailianCodingPlan } from './bailian-coding-plan.ts';
import { bailianCodingPlanCn } from './bailian-coding-plan-cn.ts';
import { baseten } from './baseten.ts';
import { bedrock } from './bedrock.ts';
import { bedrockMantle } from './bedrock-mantle.ts';
import { blackbox } from './blackbox.ts';
import { byteplus } from './byteplus.ts';
import { cerebras } from './cerebras.ts';
import { chutes } from './chutes.ts';
import { cline } from './cline.ts';
import { cloudflareAi } from './cloudflare-ai.ts';
import { codestral } from './codestral.ts';
import { cohere } from './cohere.ts';
import { cohereCompatible } from './cohere-compatible.ts';
import { crof } from './crof.ts';
import { deepinfra } from './deepinfra.ts';
import { deepseek } from './deepseek.ts';
import { demo } from './demo.ts';
import { featherless } from './featherless.ts';
import { fireworks } from './fireworks.ts';
import { friendliai } from './friendliai.ts';
import { gemini } from './gemini.ts';
import { geminiCompatible } from './gemini-compatible.ts';
import { githubModels } from './github-models.ts';
import { glm } from './glm.ts';
import { glmCn } from './glm-cn.ts';
import { glmCnGeneral } from './glm-cn-general.ts';
import { glmGeneral } from './glm-general.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { hunyuan } from './hunyuan.ts';
import { hyperbolic } from './hyperbolic.ts';
import { kiloGateway } from './kilo-gateway.ts';
import { kimiCodingApikey } from './kimi-coding-apikey.ts';
import { lambda } from './lambda.ts';
import { llm7 } from './llm7.ts';
import { lmstudio } from './lmstudio.ts';
import { longcat } from './longcat.ts';
import { metaLlama } from './meta-llama.ts';
import { minimax } from './minimax.ts';
import { minimaxCn } from './minimax-cn.ts';
import { mistral } from './mistral.ts';
import { modelscope } from './modelscope.ts';
import { moonshot } from './moonshot.ts';
import { moonshotCn } from './moonshot-cn.ts';
import { morph } from './morph.ts';
import { nanogpt } from './nanogpt.ts';
import { nebius } from './nebius.ts';
import { novita } from './novita.ts';
import { nscale } from './nscale.ts';
import { nvidia } from './nvidia.ts';
import { ollamaCloud } from './ollama-cloud.ts';
import { ollamaCompatible } from './ollama-compatible.ts';
import { ollamaLocal } from './ollama-local.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { openaiResponsesCompatible } from './openai-responses-compatible.ts';
import { opencodeGo } from './opencode-go.ts';
import { opencodeZen } from './opencode-zen.ts';
import { openrouter } from './openrouter.ts';
import { ovhcloud } from './ovhcloud.ts';
import { perplexity } from './perplexity.ts';
import { poe } from './poe.ts';
import { pollinations } from './pollinations.ts';
import { puter } from './puter.ts';
import { qianfan } from './qianfan.ts';
import { requesty } from './requesty.ts';
import { sambanova } from './sambanova.ts';
import { scaleway } from './scaleway.ts';
import { siliconflow } from './siliconflow.ts';
import { siliconflowCn } from './siliconflow-cn.ts';
import { stepfun } from './stepfun.ts';
import { synthetic } from './synthetic.ts';
import { together } from './together.ts';
import { upstage } from './upstage.ts';
import { v0 } from './v0.ts';
import { venice } from './venice.ts';
import { vercelAiGateway } from './vercel-ai-gateway.ts';
import { vertex } from './vertex.ts';
import { vertexExpress } from './vertex-express.ts';
import { vertexPartner } from './vertex-partner.ts';
import { vllm } from './vllm.ts';
import { volcengineArk } from './volcengine-ark.ts';
import { volcengineCodingPlan } from './volcengine-coding-plan.ts';
import { vscodeCopilot } from './vscode-copilot.ts';
import { vscodeLm } from './vscode-lm.ts';
import { wandb } from './wandb.ts';
import { xai } from './xai.ts';
import { xiaomiMimo } from './xiaomi-mimo.ts';

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
  volcengineArk,
  volcengineCodingPlan,
  byteplus,
  qianfan,
  hunyuan,
  stepfun,
  xiaomiMimo,
  longcat,
  upstage,
  ai21,
  metaLlama,
  morph,
  v0,
  together,
  fireworks,
  nebius,
  siliconflow,
  siliconflowCn,
  hyperbolic,
  friendliai,
  deepinfra,
  sambanova,
  novita,
  chutes,
  huggingface,
  githubModels,
  opencodeZen,
  opencodeGo,
  vercelAiGateway,
  cloudflareAi,
  pollinations,
  puter,
  blackbox,
  modelscope,
  baseten,
  lambda,
  scaleway,
  nscale,
  ovhcloud,
  wandb,
  featherless,
  venice,
  synthetic,
  nanogpt,
  poe,
  requesty,
  llm7,
  crof,
  kiloGateway,
  cline,
  vscodeCopilot,
  vscodeLm,
  azure,
  azureDeployments,
  bedrock,
  bedrockMantle,
  vertex,
  vertexExpress,
  vertexPartner,
  ollamaLocal,
  lmstudio,
  vllm,
  ollamaCloud,
  openaiCompatible,
  openaiResponsesCompatible,
  anthropicCompatible,
  geminiCompatible,
  cohereCompatible,
  ollamaCompatible,
  demo,
];

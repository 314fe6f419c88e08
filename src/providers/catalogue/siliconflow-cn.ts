import { defineProvider } from '../provider.ts';
import { siliconflowErrors, siliconflowModels, siliconflowQuirks } from './shared/siliconflow.ts';

export const siliconflowCn = defineProvider({
  id: 'siliconflow-cn',
  name: 'SiliconFlow (China)',
  prefix: 'siliconflow-cn',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.siliconflow.cn/v1' } },
  quirks: siliconflowQuirks,
  models: { url: '/models?sub_type=chat', seed: siliconflowModels },
  errors: siliconflowErrors,
  quota: { form: 'balance', url: 'https://api.siliconflow.cn/v1/user/info', field: 'data.totalBalance', unit: 'CNY' },
  terms: { status: 'ok' },
  env: ['SILICONFLOW_CN_API_KEY'],
  keyUrl: 'https://cloud.siliconflow.cn/account/ak',
  modalities: {
    embeddings: '/embeddings',
    images: '/images/generations',
    speechToText: '/audio/transcriptions',
    textToSpeech: '/audio/speech',
    rerank: '/rerank',
  },
  unverified: [
    'The modalities mix registries and general knowledge.',
    'The currency of the balance follows from the price page; the answer names none.',
  ],
});

import { defineProvider } from '../provider.ts';
import { geminiModels, googleErrors } from './shared/google.ts';

/** The key goes into a header, not into `?key=`: URLs end up in logs. */
export const gemini = defineProvider({
  id: 'gemini',
  name: 'Google Gemini (AI Studio)',
  prefix: 'gemini',
  aliases: ['google', 'ai studio'],
  tier: 'api-key',
  auth: { type: 'header', header: 'x-goog-api-key' },
  endpoints: { gemini: { baseUrl: 'https://generativelanguage.googleapis.com/v1beta', countTokens: true } },
  models: { url: '/models?pageSize=1000', shape: 'gemini', seed: geminiModels },
  errors: googleErrors,
  // ai.google.dev/gemini-api/docs/rate-limits: limits are per project and vary by model.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  keyUrl: 'https://aistudio.google.com/apikey',
  modalities: {
    embeddings: '/models/{model}:embedContent',
    images: '/models/{model}:generateContent',
    textToSpeech: '/models/{model}:generateContent',
  },
});

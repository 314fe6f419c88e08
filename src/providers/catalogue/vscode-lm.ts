import { defineProvider } from '../provider.ts';
import { editorErrors } from './shared/editor-errors.ts';

/** Models are named `<vendor>/<id>`, as VS Code names them. */
export const vscodeLm = defineProvider({
  id: 'vscode-lm',
  name: 'Models of other VS Code extensions',
  prefix: 'lm',
  aliases: ['language model api', 'extensions'],
  tier: 'subscription',
  inEditor: true,
  auth: { type: 'none' },
  endpoints: { 'openai-chat': { baseUrl: 'bridge://editor/lm' } },
  models: { url: '/models', needsKey: false, seed: [] },
  errors: editorErrors,
  limitsPerModel: true,
  terms: {
    status: 'unclear',
    notice:
      "Requests go through VS Code's Language Model API, with your consent, to models that other extensions offer. The terms of whoever provides them hold.",
  },
});

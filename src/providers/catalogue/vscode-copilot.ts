import { defineProvider } from '../provider.ts';
import { editorErrors } from './shared/editor-errors.ts';

/** Asked through VS Code's Language Model API, never through Copilot's own HTTP API: that one is not public. */
export const vscodeCopilot = defineProvider({
  id: 'vscode-copilot',
  name: 'GitHub Copilot (through VS Code)',
  prefix: 'gh',
  aliases: ['github', 'copilot'],
  tier: 'subscription',
  inEditor: true,
  auth: { type: 'none' },
  endpoints: { 'openai-chat': { baseUrl: 'bridge://editor/copilot' } },
  models: { url: '/models', needsKey: false, seed: [] },
  errors: editorErrors,
  limitsPerModel: true,
  terms: {
    status: 'restricted',
    notice:
      "Requests go through VS Code's Language Model API, with your consent, and count against your Copilot plan. GitHub's terms hold: heavy automated use can bring restrictions of your account.",
  },
});

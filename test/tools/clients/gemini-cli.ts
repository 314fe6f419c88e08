import { type Client, offers } from './client.ts';

/** Settings: https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md. */
export const geminiCli: Client = {
  package: { name: 'gemini-cli', id: '@google/gemini-cli', version: '0.61.0', command: 'gemini' },
  dialect: 'gemini',
  start: (prompt, { origin, key, model }) => ({
    args: ['-p', prompt, '-m', model, '--yolo'],
    env: { GOOGLE_GEMINI_BASE_URL: origin, GEMINI_API_KEY: key, GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_TELEMETRY_ENABLED: 'false' },
    files: {
      '.gemini/settings.json': JSON.stringify({
        security: { auth: { selectedType: 'gemini-api-key' } },
        privacy: { usageStatisticsEnabled: false },
        general: { disableAutoUpdate: true, disableUpdateNag: true, enableAutoUpdate: false },
      }),
    },
  }),
  pick: (offered, path, content) =>
    offers(offered, 'write_file') ? { name: 'write_file', kind: 'function', input: { file_path: path, content } } : undefined,
};

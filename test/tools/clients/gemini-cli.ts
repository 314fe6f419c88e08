import { type Client, call } from './client.ts';

/** Settings: https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md. */
export const geminiCli: Client = {
  package: { name: 'gemini-cli', id: '@google/gemini-cli', version: '0.61.0', command: 'gemini' },
  dialect: 'gemini',
  sendsPictures: true,
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
  write: (offered, path, content) => call(offered, 'write_file', { file_path: path, content }),
  look: (offered, { missing, picture, note }) =>
    [missing, picture, note].flatMap((path) => call(offered, 'read_file', { file_path: path })),
};

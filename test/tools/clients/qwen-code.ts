import { type Client, call } from './client.ts';

/** Settings: https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings. */
export const qwenCode: Client = {
  package: { name: 'qwen-code', id: '@qwen-code/qwen-code', version: '0.24.4', command: 'qwen' },
  dialect: 'openai-chat',
  sendsPictures: false,
  start: (prompt, { origin, key, model }) => ({
    args: ['-p', prompt, '--auth-type', 'openai', '-m', model, '--yolo'],
    env: { OPENAI_BASE_URL: `${origin}/v1`, OPENAI_API_KEY: key, OPENAI_MODEL: model },
    files: {
      '.qwen/settings.json': JSON.stringify({
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
        general: { enableAutoUpdate: false, disableAutoUpdate: true },
      }),
    },
  }),
  write: (offered, path, content) => call(offered, 'write_file', { file_path: path, content }),
  look: (offered, { missing, picture, note }) =>
    [missing, picture, note].flatMap((path) => call(offered, 'read_file', { file_path: path })),
};

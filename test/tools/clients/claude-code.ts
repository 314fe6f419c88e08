import { type Client, call } from './client.ts';

/** Settings: https://docs.claude.com/en/docs/claude-code/llm-gateway. Root may not skip permissions, so the tool is allowed by name. */
export const claudeCode: Client = {
  package: { name: 'claude-code', id: '@anthropic-ai/claude-code', version: '2.1.330', command: 'claude' },
  dialect: 'anthropic-messages',
  sendsPictures: true,
  start: (prompt, { origin, key, model }) => ({
    args: ['-p', prompt, '--model', model, '--permission-mode', 'acceptEdits', '--allowedTools', 'Write'],
    env: {
      ANTHROPIC_BASE_URL: origin,
      ANTHROPIC_AUTH_TOKEN: key,
      ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
    },
  }),
  write: (offered, path, content) => call(offered, 'Write', { file_path: path, content }),
  look: (offered, { missing, picture, note }) => [missing, picture, note].flatMap((path) => call(offered, 'Read', { file_path: path })),
};

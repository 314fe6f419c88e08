import type { ClientId } from '../../../src/clients/client.ts';
import { claudeCode } from '../clients/claude-code.ts';
import { codex } from '../clients/codex.ts';
import { geminiCli } from '../clients/gemini-cli.ts';
import { qwenCode } from '../clients/qwen-code.ts';
import type { Package } from '../install.ts';

/** A real command-line tool that our own writer sets up. */
export interface Tool {
  id: ClientId;
  package: Package;
  /** For one prompt, without asking back. Nothing of the gateway is in it. */
  args(prompt: string): string[];
  /** Settings a user may have already, by path below the home folder: another provider is chosen, comments, odd layout. */
  own: Record<string, string>;
  /** The variable that moves its settings, and the file it then reads, below the folder named. */
  moved: { variable: string; file: string };
}

const CLAUDE_SETTINGS = `{
    "permissions": { "allow": ["Read"] },
    "model": "sonnet",
    "env": {
        "DISABLE_AUTOUPDATER": "1",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",
        "ANTHROPIC_MODEL": "somewhere-else"
    }
}
`;

const CODEX_CONFIG = `# mine
model = "gpt-5.5"   # the usual one
model_provider = "elsewhere"
check_for_update_on_startup = false

[model_providers.elsewhere]
name = "Elsewhere"
base_url = "http://127.0.0.1:9/v1"
wire_api = "responses"
env_key = "ELSEWHERE_KEY"

[analytics]
enabled = false
`;

const QWEN_SETTINGS = `{
  "$version": 4,
  // mine
  "privacy": { "usageStatisticsEnabled": false },
  "general": { "enableAutoUpdate": false },
  "env": { "ELSEWHERE_KEY": "sk-elsewhere" },
  "modelProviders": {
    "openai": [{ "id": "elsewhere", "name": "Elsewhere", "baseUrl": "http://127.0.0.1:9/v1", "envKey": "ELSEWHERE_KEY" }]
  },
  "security": { "auth": { "selectedType": "openai" } },
  "model": { "name": "elsewhere" }
}
`;

const GEMINI_SETTINGS = `{
  // mine
  "privacy": { "usageStatisticsEnabled": false },
  "general": { "enableAutoUpdate": false },
  "security": { "auth": { "selectedType": "oauth-personal" } }
}
`;

const OPENCODE_CONFIG = `{
  "$schema": "https://opencode.ai/config.json",
  // mine
  "autoupdate": false,
  "model": "elsewhere/one",
  "small_model": "elsewhere/one",
  "provider": {
    "elsewhere": {
      "npm": "@ai-sdk/openai-compatible",
      "options": { "baseURL": "http://127.0.0.1:9/v1", "apiKey": "sk-elsewhere" },
      "models": { "one": {} },
    },
  },
}
`;

const CONTINUE_CONFIG = `name: Mine
version: 0.0.1
schema: v1
# the usual one
models:
  - name: Elsewhere
    provider: openai
    model: one
    apiBase: http://127.0.0.1:9/v1
    apiKey: sk-elsewhere
`;

const clineProviders = (settings: object): string =>
  `${JSON.stringify({ version: 1, lastUsedProvider: 'anthropic', modes: {}, providers: { anthropic: { settings, updatedAt: '2026-10-01T08:00:00.000Z', tokenSource: 'manual' } } }, null, 2)}\n`;

export const TOOLS: readonly Tool[] = [
  {
    id: 'claude-code',
    package: claudeCode.package,
    args: (prompt) => ['-p', prompt],
    own: { '.claude/settings.json': CLAUDE_SETTINGS },
    moved: { variable: 'CLAUDE_CONFIG_DIR', file: 'settings.json' },
  },
  {
    id: 'codex',
    package: codex.package,
    args: (prompt) => ['exec', '--skip-git-repo-check', prompt],
    own: { '.codex/config.toml': CODEX_CONFIG },
    moved: { variable: 'CODEX_HOME', file: 'config.toml' },
  },
  {
    id: 'qwen-code',
    package: qwenCode.package,
    args: (prompt) => ['-p', prompt],
    own: { '.qwen/settings.json': QWEN_SETTINGS },
    moved: { variable: 'QWEN_HOME', file: 'settings.json' },
  },
  {
    id: 'gemini-cli',
    package: geminiCli.package,
    args: (prompt) => ['-p', prompt, '--skip-trust'],
    own: { '.gemini/settings.json': GEMINI_SETTINGS, '.gemini/.env': '# mine\nEDITOR=vi\nGEMINI_API_KEY="sk-elsewhere" # old\n' },
    moved: { variable: 'GEMINI_CLI_HOME', file: '.gemini/.env' },
  },
  {
    id: 'opencode',
    package: { name: 'opencode', id: 'opencode-ai', version: '1.18.33', command: 'opencode' },
    args: (prompt) => ['run', prompt],
    own: { '.config/opencode/opencode.jsonc': OPENCODE_CONFIG },
    moved: { variable: 'XDG_CONFIG_HOME', file: 'opencode/opencode.json' },
  },
  {
    id: 'cline',
    package: { name: 'cline', id: 'cline', version: '3.0.65', command: 'cline' },
    args: (prompt) => [prompt],
    own: {
      '.cline/data/settings/providers.json': clineProviders({ provider: 'anthropic', apiKey: 'sk-elsewhere', model: 'claude-sonnet-4-5' }),
      '.cline/data/globalState.json': '{"actModeApiProvider":"anthropic","planModeApiProvider":"anthropic"}',
      '.cline/data/secrets.json': '{"apiKey":"sk-elsewhere"}',
    },
    moved: { variable: 'CLINE_DIR', file: 'data/settings/providers.json' },
  },
  {
    id: 'continue',
    package: { name: 'continue', id: '@continuedev/cli', version: '1.5.47', command: 'cn' },
    args: (prompt) => ['-p', prompt],
    own: { '.continue/config.yaml': CONTINUE_CONFIG },
    moved: { variable: 'CONTINUE_GLOBAL_DIR', file: 'config.yaml' },
  },
];

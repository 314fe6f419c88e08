import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { claudeCode } from './clients/claude-code.ts';
import type { Client } from './clients/client.ts';
import { codex } from './clients/codex.ts';
import { CLIENTS } from './clients/index.ts';
import { SCRIPTS, type ScriptName } from './task.ts';

/** One run: a tool, and the provider at the far end of the gateway. */
export interface Run {
  client: Client;
  provider: ClientDialectId;
  model: string;
  script: ScriptName;
}

/** Models whose names make a vendor's API behave in its own way: Gemini 3 wants signatures back. */
const MODELS: [ClientDialectId, string][] = [
  ['openai-chat', 'model-a'],
  ['openai-responses', 'model-a'],
  ['anthropic-messages', 'model-a'],
  ['gemini', 'gemini-2.5-flash'],
  ['gemini', 'gemini-3.5-flash'],
];

/** Names that make the tool itself behave otherwise (docs/tools-on-the-wire.md), each on every foreign dialect. */
const SPECIAL: [Client, string][] = [
  [codex, 'gpt-5.5'],
  [codex, 'gpt-6-sol'],
  [claudeCode, 'claude-sonnet-4-5'],
];

export function matrix(): Run[] {
  const pairs = CLIENTS.flatMap((client) => MODELS.map(([provider, model]) => ({ client, provider, model })));
  const special = SPECIAL.flatMap(([client, model]) =>
    DIALECTS.filter((id) => id !== client.dialect).map((provider) => ({ client, provider, model })),
  );
  return [...pairs, ...special].flatMap((pair) => SCRIPTS.map((script) => ({ ...pair, script })));
}

const DIALECTS: readonly ClientDialectId[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];

export const nameOf = ({ client, provider, model, script }: Run): string => `${client.package.name} on ${provider} ${model}, ${script}`;

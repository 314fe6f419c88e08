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

/** Names on which a vendor's API has rules of its own: signatures, sampling, thinking (provider/*-rules.ts). */
const MODELS: [ClientDialectId, string][] = [
  ['openai-chat', 'model-a'],
  ['openai-chat', 'gpt-5.5'],
  ['openai-responses', 'gpt-5.5'],
  ['anthropic-messages', 'claude-sonnet-4-5'],
  ['anthropic-messages', 'claude-opus-4-8'],
  ['gemini', 'gemini-2.5-flash'],
  ['gemini', 'gemini-3.5-flash'],
];

/** Names on which a tool itself behaves otherwise (docs/tools-on-the-wire.md), on dialects where such a model does not live. */
const SPECIAL: [Client, ClientDialectId, string][] = [
  [codex, 'anthropic-messages', 'gpt-5.5'],
  [codex, 'gemini', 'gpt-5.5'],
  [codex, 'openai-chat', 'gpt-6-sol'],
  [codex, 'anthropic-messages', 'gpt-6-sol'],
  [codex, 'gemini', 'gpt-6-sol'],
  [codex, 'anthropic-messages', 'model-a'],
  [claudeCode, 'openai-chat', 'claude-sonnet-4-5'],
  [claudeCode, 'openai-responses', 'claude-sonnet-4-5'],
  [claudeCode, 'gemini', 'claude-sonnet-4-5'],
  [claudeCode, 'anthropic-messages', 'model-a'],
];

/** Every tool on every dialect, its own too, with both scripts; the special names with the longer one. */
export function matrix(): Run[] {
  const pairs = CLIENTS.flatMap((client) => MODELS.map(([provider, model]) => ({ client, provider, model })));
  const special = SPECIAL.map(([client, provider, model]): Run => ({ client, provider, model, script: 'look-and-write' }));
  return [...pairs.flatMap((pair) => SCRIPTS.map((script) => ({ ...pair, script }))), ...special];
}

export const nameOf = ({ client, provider, model, script }: Run): string => `${client.package.name} on ${provider} ${model}, ${script}`;

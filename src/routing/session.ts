import { createHash, type Hash } from 'node:crypto';
import type { ContentPart, MediaSource, Message } from '../conversation/content.ts';
import { asObject, asString, type JsonObject, parseJson } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';

/**
 * Headers that carry the id of one conversation (or of the agent's session it belongs to), the surest first. Ids that change with each
 * request or turn (`x-client-request-id`, `x-request-id`, Copilot's `x-interaction-id`) and ids of a person, machine or window
 * (`x-gemini-api-privileged-user-id`, `vscode-sessionid`) are none. Copilot Chat's own-key models send no such id (microsoft/vscode#325237).
 */
export const SESSION_HEADERS = [
  // Claude Code and Codex: seen on the wire (docs/tools-on-the-wire.md); older versions of Codex wrote underscores.
  'x-claude-code-session-id',
  'session-id',
  'thread-id',
  'session_id',
  'conversation_id',
  // opencode and crush send both (anomalyco/opencode#31511, charmbracelet/crush#3277); nanobot and others the first, Fireworks' name.
  'x-session-affinity',
  'x-session-id',
  'x-opencode-session',
  // Kilo, Cline, Roo, Amp, Copilot CLI, Open WebUI: from other gateways' lists, not seen on the wire here.
  'x-kilocode-taskid',
  'x-task-id',
  'x-roo-task-id',
  'x-amp-thread-id',
  'x-client-session-id',
  'x-openwebui-chat-id',
  'helicone-session-id',
] as const;

/** Which conversation a request belongs to. */
export interface Session {
  /** A hash of 32 hex digits: neither ids nor words are kept. */
  id: string;
  /**
   * The first turn of a conversation that only its beginning identifies. Nothing is warm yet but what every such conversation shares, so
   * it is routed afresh, and two conversations that begin alike may go different ways.
   */
  opening: boolean;
}

/**
 * Identifies the conversation a request belongs to: the client's own id where it sends one, else the beginning of the conversation
 * (system text and first user turn, which later turns repeat).
 */
export function sessionOf(
  header: (name: (typeof SESSION_HEADERS)[number]) => string | undefined,
  request: ChatRequest,
  body: JsonObject,
): Session {
  const named = headerId(header) ?? bodyId(body);
  const hash = createHash('sha256');
  if (named !== undefined) hash.update(`id\n${named}`);
  else hashBeginning(hash, request.messages);
  const opening = named === undefined && !request.messages.some((message) => message.role === 'assistant');
  return { id: hash.digest('hex').slice(0, 32), opening };
}

function headerId(header: (name: (typeof SESSION_HEADERS)[number]) => string | undefined): string | undefined {
  for (const name of SESSION_HEADERS) {
    const value = header(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

/**
 * `prompt_cache_key` (OpenAI: requests that share a cached beginning), `session_id` (OpenRouter), `conversation` (Responses),
 * `metadata.user_id` (Claude Code), `metadata.sessionId` (Qwen Code at DashScope).
 */
function bodyId(body: JsonObject): string | undefined {
  const metadata = asObject(body.metadata);
  const candidates = [
    body.prompt_cache_key,
    body.session_id,
    asObject(body.conversation)?.id ?? body.conversation,
    sessionOfUserId(asString(metadata?.user_id)),
    metadata?.sessionId,
    metadata?.session_id,
  ];
  return candidates.map(asString).find((value) => value !== undefined && value !== '');
}

/**
 * Claude Code puts its session into the user id: `user_…_account_…_session_<uuid>`, since 2.1.78 a JSON text with `session_id`
 * (ding113/claude-code-hub#939). Without that part it names a person, not a conversation.
 */
function sessionOfUserId(userId: string | undefined): string | undefined {
  if (userId === undefined) return undefined;
  return asString(asObject(parseJson(userId))?.session_id) ?? /_session_([\w-]+)$/.exec(userId)?.[1];
}

function hashBeginning(hash: Hash, messages: readonly Message[]): void {
  const first = messages.findIndex((message) => message.role !== 'system' && message.role !== 'developer');
  const system = first < 0 ? messages : messages.slice(0, first);
  const user = messages.find((message) => message.role === 'user');
  for (const message of user ? [...system, user] : system) {
    hash.update(`\n${message.role === 'user' ? 'user' : 'system'}\n`);
    for (const part of message.content) hashPart(hash, part);
  }
}

function hashPart(hash: Hash, part: ContentPart): void {
  switch (part.type) {
    case 'text':
    case 'refusal':
      hash.update(part.text);
      return;
    case 'image':
    case 'audio':
      hash.update(`\n${part.type}\n`);
      hashSource(hash, part.source);
      return;
    case 'file':
      hash.update(`\nfile\n${part.filename ?? ''}\n`);
      hashLong(hash, part.text ?? '');
      hashSource(hash, part.source);
      return;
    case 'tool-call':
    case 'tool-result':
    case 'reasoning':
    case 'server':
      return;
  }
}

function hashSource(hash: Hash, source: MediaSource): void {
  switch (source.kind) {
    case 'base64':
      hashLong(hash, source.data);
      return;
    case 'url':
      hashLong(hash, source.url);
      return;
    case 'file-id':
      hash.update(source.id);
  }
}

const SAMPLE = 8_192;

/** Media may be megabytes, sent anew with every turn: length, beginning and end tell them apart well enough. */
function hashLong(hash: Hash, text: string): void {
  if (text.length <= 2 * SAMPLE) hash.update(text);
  else hash.update(`${text.length}\n${text.slice(0, SAMPLE)}\n${text.slice(-SAMPLE)}`);
}

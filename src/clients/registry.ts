import { nearest } from '../config/nearest.ts';
import type { Client } from './client.ts';
import { aider } from './tools/aider.ts';
import { claudeCode } from './tools/claude-code.ts';
import { cline } from './tools/cline.ts';
import { codex } from './tools/codex.ts';
import { continueDev } from './tools/continue.ts';
import { copilot } from './tools/copilot.ts';
import { cursor } from './tools/cursor.ts';
import { geminiCli } from './tools/gemini-cli.ts';
import { kilo } from './tools/kilo.ts';
import { openclaw } from './tools/openclaw.ts';
import { opencode } from './tools/opencode.ts';
import { qwenCode } from './tools/qwen-code.ts';
import { roo } from './tools/roo.ts';
import { zed } from './tools/zed.ts';
import { zoo } from './tools/zoo.ts';

/** Every tool that can be set up, in the order they are shown. */
export const CLIENTS: readonly Client[] = [
  copilot,
  claudeCode,
  codex,
  opencode,
  cline,
  continueDev,
  kilo,
  qwenCode,
  geminiCli,
  roo,
  zoo,
  openclaw,
  zed,
  aider,
  cursor,
];

/** The tool of this word; `undefined` when there is none. */
export function clientById(id: string): Client | undefined {
  return CLIENTS.find((client) => client.id === id);
}

/** The words nearest to one that is no tool's. */
export function nearestClients(word: string, count: number): string[] {
  return nearest(
    word,
    CLIENTS.map(({ id }) => id),
    count,
  );
}

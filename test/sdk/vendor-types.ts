import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';

export interface NamedBody {
  name: string;
  body: object;
}

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What a request body must be, in the words of the vendor's SDK. */
const BODY_TYPE: Record<ClientDialectId, string> = {
  'openai-chat': `import type OpenAI from 'openai';
export type Body = OpenAI.Chat.ChatCompletionCreateParams;`,
  'openai-responses': `import type OpenAI from 'openai';
export type Body = OpenAI.Responses.ResponseCreateParams;`,
  // The SDK's newest types no longer know the sampling parameters, which newest models refuse; the API still takes them for the
  // others (recordings anthropic-tools-stream, anthropic-completion-cache-write-1h-ttl).
  'anthropic-messages': `import type Anthropic from '@anthropic-ai/sdk';
export type Body = Anthropic.MessageCreateParams & { temperature?: number; top_p?: number; top_k?: number };`,
  // The REST body has the SDK's pieces in other places (https://ai.google.dev/api/generate-content#request-body); enums are plain strings there.
  gemini: `import type { Content, GenerationConfig, SafetySetting, ServiceTier, Tool, ToolConfig } from '@google/genai';
type Plain<T> = unknown extends T ? unknown : T extends string ? \`\${T}\` : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
export type Body = Plain<{
  contents: Content[]; systemInstruction?: Content; tools?: Tool[]; toolConfig?: ToolConfig; generationConfig?: GenerationConfig;
  safetySettings?: SafetySetting[]; cachedContent?: string; serviceTier?: ServiceTier; store?: boolean;
}>;`,
};

/** What the compiler says about bodies as values of the vendor's type, one line a fault: \`name: what is wrong\`. */
export async function typeErrors(dialect: ClientDialectId, bodies: NamedBody[]): Promise<string[]> {
  const folder = join(ROOT, '.cache', `vendor-types-${dialect}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'body.ts'), BODY_TYPE[dialect]);
  for (const [at, { body }] of bodies.entries()) {
    const source = `import type { Body } from './body.ts';\nexport const body: Body = ${JSON.stringify(body, null, 1)};\n`;
    await writeFile(join(folder, `r${at}.ts`), source);
  }
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { lib: ['ES2023', 'DOM'] }, include: ['*.ts'] }),
  );
  const output = await compilerOutput(folder);
  if (!process.env.KEEP_VENDOR_TYPES) await rm(folder, { recursive: true, force: true });
  return faultsIn(output, bodies);
}

async function compilerOutput(folder: string): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    const { stdout } = await run(process.execPath, [compiler, '--noEmit', '--pretty', 'false', '-p', folder], {
      cwd: folder,
      maxBuffer: 64 << 20,
    });
    return stdout;
  } catch (error) {
    // The compiler's exit status is not 0 when it finds something; what it found stands in its output.
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout !== '') return error.stdout;
    throw error;
  }
}

function faultsIn(output: string, bodies: NamedBody[]): string[] {
  const faults: string[] = [];
  for (const line of output.split('\n')) {
    const match = /^(?:.*\/)?(r(\d+)|body)\.ts\((\d+),\d+\): error (.*)$/.exec(line);
    if (match) faults.push(`${bodies[Number(match[2])]?.name ?? 'body.ts'}:${match[3]}: ${match[4]}`);
    else if (line.startsWith(' ') && faults.length > 0) faults[faults.length - 1] += ` ${line.trim()}`;
    else if (line.trim() !== '') faults.push(line);
  }
  return faults;
}

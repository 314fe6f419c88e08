import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json, JsonObject } from '../src/conversation/json.ts';

/** One recorded exchange, as `recordings/README.md` describes it. */
export interface Recording {
  name: string;
  /** Path below the recordings folder, e.g. `openai-chat/openai-completion.json`. */
  file: string;
  provider: string;
  format: string;
  model: string | null;
  stream: boolean;
  request: { method: string; path: string; headers?: Record<string, string>; body: JsonObject } | null;
  response: { status: number; headers: Record<string, string>; body?: Json; sse?: string; ndjson?: string; text?: string };
  features: string[];
}

const FOLDER = resolve(process.env.OMNIROUTE_RECORDINGS ?? join(import.meta.dirname, '../../shared/recordings'));

/** Every recording whose index entry passes `wanted`, in the index's order. Throws, naming the folder, when the recordings are absent. */
export function recordings(wanted: (entry: IndexEntry) => boolean = () => true): Recording[] {
  const index = join(FOLDER, 'index.json');
  if (!existsSync(index)) {
    throw new Error(`The recordings are absent: no ${index}. Put them there, or name their folder in OMNIROUTE_RECORDINGS.`);
  }
  const parsed = JSON.parse(readFileSync(index, 'utf8')) as IndexEntry[] | { cases: IndexEntry[] };
  const entries = Array.isArray(parsed) ? parsed : parsed.cases;
  return entries
    .filter(wanted)
    .map((entry) => ({ ...(JSON.parse(readFileSync(join(FOLDER, entry.file), 'utf8')) as Recording), file: entry.file }));
}

export interface IndexEntry {
  file: string;
  name: string;
  format: string;
  provider: string;
  model: string | null;
  stream: boolean;
  status: number;
  features: string[];
  hasRequest: boolean;
}

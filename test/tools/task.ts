import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Client, Endpoint } from './clients/client.ts';
import { type Ended, run } from './command.ts';
import { install } from './install.ts';
import type { Script } from './provider/server.ts';

export const PROMPT = 'Write a short greeting into greeting.txt.';
export const CONTENT = 'Grüß dich, "world" \\ done\n';
export const FINAL = 'The greeting stands in greeting.txt, ready to read.';
/** Eight by eight red pixels, PNG, in base64. */
export const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';
const TIMEOUT_MS = 120_000;

/** `write`: one call. `look-and-write`: several calls at once (one fails, one reads a picture), then the write. */
export const SCRIPTS = ['write', 'look-and-write'] as const;
export type ScriptName = (typeof SCRIPTS)[number];

/** A fresh folder for one run; `dispose` removes it. */
export interface Room {
  home: string;
  work: string;
  file: string;
  dispose(): void;
}

export function makeRoom(): Room {
  const root = mkdtempSync(join(tmpdir(), 'omniroute-tool-'));
  const home = join(root, 'home');
  const work = join(root, 'work');
  mkdirSync(home);
  mkdirSync(work);
  writeFileSync(join(work, 'red.png'), Buffer.from(PICTURE, 'base64'));
  writeFileSync(join(work, 'note.txt'), 'A note.\n');
  return { home, work, file: join(work, 'greeting.txt'), dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** The scripted model's part. */
export function scriptFor(name: ScriptName, client: Client, { work, file }: Room): Script {
  const paths = { picture: join(work, 'red.png'), note: join(work, 'note.txt'), missing: join(work, 'missing.txt') };
  const write: Script['turns'][number] = (offered) => client.write(offered, file, CONTENT);
  return { turns: name === 'write' ? [write] : [(offered) => client.look(offered, paths), write], final: FINAL };
}

/** Runs a tool once. Its environment holds nothing of ours but the way to programs: no key or setting of this machine leaks in. */
export function runClient(client: Client, endpoint: Endpoint, room: Room): Promise<Ended> {
  const file = install(client.package);
  const { args, env, files } = client.start(PROMPT, endpoint);
  for (const [path, text] of Object.entries(files ?? {})) {
    mkdirSync(dirname(join(room.home, path)), { recursive: true });
    writeFileSync(join(room.home, path), text);
  }
  const base = { HOME: room.home, TMPDIR: tmpdir(), LANG: 'C.UTF-8', TERM: 'dumb', NO_PROXY: '127.0.0.1', CI: '1' };
  return run({ file, args, cwd: room.work, env: { ...base, PATH: programs(), ...env }, timeoutMs: TIMEOUT_MS });
}

/** The tools need Node 22 or newer: the Node that runs this comes first. */
const programs = (): string => `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { REPORT } from './folders.ts';
import { EditorHouse, type HouseOptions } from './house.ts';
import type { Tools } from './install.ts';

/** What one scenario works with; what it started is ended after it. */
export interface Stage {
  editor(options?: HouseOptions): Promise<EditorHouse>;
  provider(): Promise<ScriptedProvider>;
  /** A figure that is printed with the result. */
  note(text: string): void;
}

export interface Scenario {
  name: string;
  /** What holds. */
  title: string;
  run(stage: Stage): Promise<void>;
}

const LIMIT_MS = 120_000;

export interface Outcome {
  error: Error | undefined;
  notes: string[];
  ms: number;
  /** Where everything about a failure is kept. */
  kept: string | undefined;
}

/** Plays one scenario to its end, whatever happens. */
export async function play(scenario: Scenario, tools: Tools, vsix: string, browser: Browser): Promise<Outcome> {
  const houses: EditorHouse[] = [];
  const providers: ScriptedProvider[] = [];
  const notes: string[] = [];
  const stage: Stage = {
    editor: async (options = {}) => {
      const house = await EditorHouse.start(tools, vsix, browser, options);
      houses.push(house);
      return house;
    },
    provider: async () => {
      const provider = await scriptedProvider();
      providers.push(provider);
      return provider;
    },
    note: (text) => void notes.push(text),
  };
  const folder = join(REPORT, scenario.name);
  rmSync(folder, { recursive: true, force: true });
  const began = performance.now();
  let error = await failureOf(within(LIMIT_MS, scenario.run(stage)));
  if (error) for (const [index, house] of houses.entries()) await house.keep(index === 0 ? folder : `${folder}-${index + 1}`);
  for (const house of houses) error = (await failureOf(house.close())) ?? error;
  // A provider complains of what was scripted and never asked for: worth saying when nothing else went wrong.
  for (const provider of providers) {
    const complaint = await failureOf(provider.close());
    error ??= complaint;
  }
  return { error, notes, ms: performance.now() - began, kept: error && houses.length > 0 ? folder : undefined };
}

async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

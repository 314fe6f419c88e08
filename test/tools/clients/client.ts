import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import type { Package } from '../install.ts';
import type { Call, Offered } from '../provider/wire.ts';

/** Where a tool is pointed. */
export interface Endpoint {
  /** Without `/v1`. */
  origin: string;
  key: string;
  model: string;
}

/** How to start a tool for one prompt. */
export interface Start {
  args: string[];
  env: Record<string, string>;
  /** Files to write first: path below the home folder → text. */
  files?: Record<string, string>;
}

/** Files in the work folder; `missing` does not exist. */
export interface Paths {
  picture: string;
  note: string;
  missing: string;
}

/** A real command-line tool under test. */
export interface Client {
  package: Package;
  /** What it speaks. */
  dialect: ClientDialectId;
  /** It sends the bytes of pictures it reads, whatever the model is called. */
  sendsPictures: boolean;
  start(prompt: string, endpoint: Endpoint): Start;
  /** The call that makes the tool write `content` into the file at `path`; none when it offers no tool for that. */
  write(offered: Offered[], path: string, content: string): Call[];
  /** Calls made at once that read a picture and a text file and fail on a missing one. */
  look(offered: Offered[], paths: Paths): Call[];
}

/** The tool of that name; one that stood in a namespace may be called `namespace__name` by another dialect. */
export const offers = (offered: Offered[], name: string): Offered | undefined =>
  offered.find((tool) => tool.name === name) ?? offered.find((tool) => tool.name.endsWith(`__${name}`));

/** A call of the named tool, or none where it is not on offer. */
export function call(offered: Offered[], name: string, input: Call['input']): Call[] {
  const tool = offers(offered, name);
  if (!tool) return [];
  // A free-form tool that another dialect offers as a function takes its text in one argument.
  const fit = typeof input === 'string' && tool.kind === 'function' ? { input } : input;
  return [{ ...tool, input: fit }];
}

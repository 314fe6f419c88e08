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

/** A fresh home and work folder, and what the task is. */
export interface Place {
  home: string;
  work: string;
}

/** How to start a tool for one prompt. */
export interface Start {
  args: string[];
  env: Record<string, string>;
  /** Files to write first: path below the home folder → text. */
  files?: Record<string, string>;
}

/** A real command-line tool under test. */
export interface Client {
  package: Package;
  /** What it speaks. */
  dialect: ClientDialectId;
  start(prompt: string, endpoint: Endpoint, place: Place): Start;
  /** The call that makes the tool write `content` into the file at `path`. */
  pick(offered: Offered[], path: string, content: string): Call | undefined;
}

export const offers = (offered: Offered[], name: string): Offered | undefined => offered.find((tool) => tool.name === name);

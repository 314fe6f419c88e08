import { createHash } from 'node:crypto';
import type { ChatRequest } from '../../conversation/request.ts';

/**
 * A reversible map between the client's tool names and those a restricted target accepts. Built from the request alone, so the
 * writer of the request and the reader of the answer agree without sharing state.
 */
export class ToolNames {
  readonly #toVendor = new Map<string, string>();
  readonly #toClient = new Map<string, string>();

  constructor(names: Iterable<string>, fits: RegExp, most: number) {
    const all = [...new Set(names)];
    for (const name of all) if (fits.test(name) && name.length <= most) this.#add(name, name);
    for (const name of all) if (!this.#toVendor.has(name)) this.#add(name, this.#fit(name, most));
  }

  /** The vendor's form of a client's name; names not in the request are given as they are. */
  toVendor(name: string): string {
    return this.#toVendor.get(name) ?? name;
  }

  /** The client's own name for what the vendor called. */
  toClient(name: string): string {
    return this.#toClient.get(name) ?? name;
  }

  #add(client: string, vendor: string): void {
    this.#toVendor.set(client, vendor);
    this.#toClient.set(vendor, client);
  }

  #fit(name: string, most: number): string {
    const plain = name.replace(/[^a-zA-Z0-9_-]/g, '_').replace(/^[^a-zA-Z_]/, '_$&');
    if (plain.length <= most && !this.#toClient.has(plain)) return plain;
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
    return `${plain.slice(0, most - 9)}_${hash}`;
  }
}

/** Every tool name a request mentions: offered, called or chosen. */
export function toolNamesOf(request: ChatRequest): string[] {
  const names: string[] = [];
  for (const tool of request.tools ?? []) if (tool.type !== 'server') names.push(tool.name);
  for (const message of request.messages) {
    for (const part of message.content) if (part.type === 'tool-call') names.push(part.name);
  }
  return names;
}

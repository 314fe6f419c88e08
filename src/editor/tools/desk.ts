import type { Client, ClientId, Machine } from '../../clients/client.ts';
import type { ToolKeys } from '../../clients/key-keeper.ts';
import type { ToolLook } from '../../clients/tool-look.ts';
import type { GatewaySide, ToolSetup } from '../../clients/tool-setup.ts';
import { type Disposable, Emitter } from '../emitter.ts';
import type { CopilotHost } from './copilot/host.ts';
import type { CopilotGroup } from './copilot/keeper.ts';

/** What tools are set up with. Heavy to load: opened when a tool is first looked at. */
export interface Toolbox {
  clients: readonly Client[];
  setup: ToolSetup;
  keys: ToolKeys;
  gateway: GatewaySide;
  machine: Machine;
  /** Copilot Chat's group, which the editor makes; absent outside it. */
  copilot?: { group: CopilotGroup; host: CopilotHost };
}

export type DeskState = { is: 'unread' } | { is: 'reading' } | { is: 'read' } | { is: 'failed'; message: string };

/** Every tool as it was last seen, and what reads it anew. */
export class ToolDesk implements Disposable {
  readonly #open: () => Promise<Toolbox>;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #looks = new Map<ClientId, ToolLook>();
  #box: Promise<Toolbox> | undefined;
  #all: Promise<void> | undefined;
  state: DeskState = { is: 'unread' };

  constructor(open: () => Promise<Toolbox>) {
    this.#open = open;
  }

  /** In the order in which they are shown. */
  get looks(): readonly ToolLook[] {
    return [...this.#looks.values()];
  }

  box(): Promise<Toolbox> {
    this.#box ??= this.#open().catch((error: unknown) => {
      this.#box = undefined;
      throw error;
    });
    return this.#box;
  }

  /** Looks at every tool; a second call while it goes on waits for the same. Never rejects: `state` tells. */
  lookAtAll(): Promise<void> {
    this.#all ??= this.#readAll().finally(() => {
      this.#all = undefined;
    });
    return this.#all;
  }

  /** One tool as it is now. */
  async lookAt(client: Client): Promise<ToolLook> {
    const box = await this.box();
    const look = await lookOf(box, client);
    this.#looks.set(client.id, look);
    this.#changed.fire();
    return look;
  }

  /** These alone, quietly: for what is checked while nobody looks at the view. */
  async lookAtThese(ids: readonly ClientId[]): Promise<ToolLook[]> {
    const box = await this.box();
    const looks = await Promise.all(box.clients.filter(({ id }) => ids.includes(id)).map((client) => lookOf(box, client)));
    for (const look of looks) this.#looks.set(look.client.id, look);
    this.#changed.fire();
    return looks;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #readAll(): Promise<void> {
    this.#become({ is: 'reading' });
    try {
      const box = await this.box();
      const looks = await Promise.all(box.clients.map((client) => lookOf(box, client)));
      this.#looks.clear();
      for (const look of looks) this.#looks.set(look.client.id, look);
      this.#become({ is: 'read' });
    } catch (error) {
      this.#become({ is: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #become(state: DeskState): void {
    this.state = state;
    this.#changed.fire();
  }
}

async function lookOf({ setup, copilot }: Toolbox, client: Client): Promise<ToolLook> {
  return client.id === 'copilot' && copilot ? await copilot.group.look() : await setup.look(client);
}

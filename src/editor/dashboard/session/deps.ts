import type { AdminApi } from '../../admin/api.ts';
import type { Command } from '../../contributions.ts';
import type { Live } from '../../live/snapshot.ts';
import type { ToolDesk } from '../../tools/desk.ts';
import type { ItemRef } from '../../views/item.ts';
import type { CallName, Checked, Result } from '../contract/calls.ts';
import type { TopicChecked, TopicItem, TopicName } from '../contract/topics.ts';

/** What only the editor around the dashboard can do. */
export interface Surroundings {
  /** Resolves when the command is over. */
  run(command: Command, ref: ItemRef | undefined): Promise<void>;
  copy(text: string): Promise<void>;
  /** False when the user did not choose a place. */
  saveFile(name: string, text: string): Promise<boolean>;
}

/** What answers the page's questions. */
export interface DashboardDeps {
  admin: AdminApi;
  live: Live;
  log: { debug(message: string): void; warn(message: string): void };
  surroundings: Surroundings;
  /** The data folder of this installation. */
  dataDir: string;
  /** The tools of this machine, as the view of them shows them. */
  tools: Pick<ToolDesk, 'looks' | 'state' | 'lookAtAll' | 'box' | 'onDidChange'>;
}

/** One answer a call; rejects with AdminError or Error, whose message is for people. */
export type Handlers = { [K in CallName]: (params: Checked<K>, signal: AbortSignal) => Promise<Result<K>> };

/** Tells until the signal aborts; a topic that returns is over. */
export type Topics = {
  [K in TopicName]: (params: TopicChecked<K>, tell: (item: TopicItem<K>) => void, signal: AbortSignal) => Promise<void>;
};

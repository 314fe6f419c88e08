import type { JsonObject } from '../../../conversation/json.ts';
import type { GroupModel } from './entries.ts';

/** Where it is kept in the extension's global state. */
export const MADE = 'omniroute.copilotGroup';

/** What is kept of a group that was made here: to know what is ours, and to take it back. No key in it. */
export interface MadeGroup {
  /** Milliseconds since the epoch. */
  at: number;
  origin: string;
  keyId: string;
  /** The file it was found in after it was made; `undefined`: it cannot be reached from here. */
  path: string | undefined;
  /** The models the user chose; `undefined`: whatever is offered. */
  chosen: string[] | undefined;
  /** As they were written last. */
  written: GroupModel[];
}

/** Settings of Copilot Chat 0.67 that name a model for its background work, as `vendor/id`; empty: its own choice. */
export interface UtilityModels {
  utilityModel: string;
  utilitySmallModel: string;
}

/** What the editor does for Copilot's group; `vscode-host.ts` is the real one. */
export interface CopilotHost {
  /** The version of Copilot Chat. */
  version(): string | undefined;
  /** VS Code's own command that makes a group, and its key a secret. Rejects when this VS Code has none, or Copilot Chat does not wake. */
  create(group: JsonObject): Promise<void>;
  canCreate(): Promise<boolean>;
  /** Files in which a group may stand: the default profile's first. */
  files(): Promise<string[]>;
  made(): MadeGroup | undefined;
  setMade(made: MadeGroup | undefined): Promise<void>;
  /** `undefined`: this Copilot Chat has no such settings. */
  utility(): UtilityModels | undefined;
  /** Patterns of models that our own provider does not list: Copilot Chat would not find them. */
  hidden(): string[];
  setUtility(models: UtilityModels): Promise<void>;
  /** What the settings were before we set them. */
  utilityBefore(): UtilityModels | undefined;
  setUtilityBefore(models: UtilityModels | undefined): Promise<void>;
  /** Names the group among those that are kept in step without asking, or takes it out. */
  keepInStep(on: boolean): Promise<void>;
  isKeptInStep(): boolean;
}

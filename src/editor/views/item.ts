/** What an item of a tree stands for: the argument of the commands in its context menu. */
export type ItemRef =
  | { kind: 'group'; name: string }
  /** `account`: its id. */
  | { kind: 'account'; account: string }
  /** `model`: the name a client asks for, `prefix/model`. */
  | { kind: 'model'; model: string; account: string }
  | { kind: 'auto'; name: string }
  | { kind: 'combo'; combo: string }
  /** `at`: its place among the combo's targets, from 0, when the item was drawn. */
  | { kind: 'target'; combo: string; at: number; target: string }
  | { kind: 'quota-account'; account: string }
  | { kind: 'window'; account: string; window: string }
  | { kind: 'budget'; budget: string }
  | { kind: 'request'; request: string }
  /** `tool`: its id, as in src/clients/client.ts. */
  | { kind: 'tool'; tool: string }
  /** `copy`: the name of a copy of config.json. */
  | { kind: 'copy'; copy: string };

/** An item of one of our trees, as VS Code hands it to a command. */
export interface ViewItem {
  readonly id: string;
  readonly ref: ItemRef;
}

/** What a command's argument stands for; `undefined` when it was called without an item, or by somebody with something else. */
export function refOf(argument: unknown): ItemRef | undefined {
  return isItem(argument) ? argument.ref : undefined;
}

/** The account (its id) that a command on an item of Providers or Quota is about. */
export function accountOf(argument: unknown): string | undefined {
  const ref = refOf(argument);
  return ref && 'account' in ref ? ref.account : undefined;
}

function isItem(argument: unknown): argument is ViewItem {
  if (typeof argument !== 'object' || argument === null || !('ref' in argument)) return false;
  const { ref } = argument;
  return typeof ref === 'object' && ref !== null && 'kind' in ref && typeof ref.kind === 'string';
}

/**
 * What a flow of questions needs of the editor. `vscode-ui.ts` is the real one; tests drive flows with one that answers from a script.
 * Nothing here keeps what was typed: an input box starts with `value` and with nothing else.
 */
export interface Ui {
  /** One of the items. A separator opens a group. */
  pick<T>(options: PickOptions<T>): Promise<Answer<T>>;
  /** Any number of the items, none of them beforehand but those `selected`. */
  pickMany<T>(options: PickOptions<T>): Promise<Answer<T[]>>;
  ask(options: AskOptions): Promise<Answer<string>>;
  /** A modal question: the action chosen, or `undefined` for Cancel. */
  confirm<A extends string>(question: Question, ...actions: A[]): Promise<A | undefined>;
  /** A notification: the action chosen, or `undefined` when it was closed. */
  tell<A extends string>(kind: MessageKind, message: string, ...actions: A[]): Promise<A | undefined>;
  /** Shows that something goes on, with Cancel: `cancelled` when the user took it, after the signal was aborted. Rejects as `work` does. */
  progress<T>(title: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<Waited<T>>;
  /** Opens a web page outside the editor. */
  open(url: string): Promise<void>;
  /** Runs a command of the editor. */
  run(command: string, ...args: unknown[]): Promise<void>;
}

export type Answer<T> = { is: 'value'; value: T } | { is: 'back' } | { is: 'cancelled' };
export type Waited<T> = { is: 'value'; value: T } | { is: 'cancelled' };
export type MessageKind = 'info' | 'warning' | 'error';

/** Where a question stands in its flow. */
export interface Place {
  title: string;
  step?: number;
  /** Absent while it is not known. */
  totalSteps?: number;
  canGoBack?: boolean;
}

export interface Button {
  /** Codicon. */
  icon: string;
  tooltip: string;
  press(): Promise<void>;
}

export interface PickItem<T> {
  label: string;
  description?: string;
  detail?: string;
  /** Codicon. */
  icon?: string;
  value: T;
  selected?: boolean;
  buttons?: readonly Button[];
}

export interface Separator {
  separator: string;
}

export interface PickOptions<T> extends Place {
  placeholder: string;
  /** A promise: the list shows that it is being read. */
  items: readonly (PickItem<T> | Separator)[] | Promise<readonly (PickItem<T> | Separator)[]>;
  /** The item under the cursor at first; else the first. */
  active?: (value: T) => boolean;
  /** Stays open while something else is looked at, such as the change it asks about. */
  stays?: boolean;
}

/** Shown beneath an input box: an error must be mended, a warning may be passed over by Enter. */
export interface Problem {
  severity: 'error' | 'warning';
  message: string;
}

export interface AskOptions extends Place {
  prompt: string;
  placeholder?: string;
  value?: string;
  /** Not shown as it is typed, not kept, nowhere told. */
  password?: boolean;
  buttons?: readonly Button[];
  /** Called as the user types; an answer that comes late, for what is no longer there, is not shown. */
  check?(text: string): Problem | undefined | Promise<Problem | undefined>;
  /** Called on Enter; the box is busy meanwhile, and stays with the problem when there is one. */
  submit?(text: string): Promise<Problem | undefined>;
}

export interface Question {
  message: string;
  detail?: string;
}

export const error = (message: string): Problem => ({ severity: 'error', message });
export const warning = (message: string): Problem => ({ severity: 'warning', message });

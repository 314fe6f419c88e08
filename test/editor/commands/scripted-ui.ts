import type {
  Answer,
  AskOptions,
  MessageKind,
  PickItem,
  PickOptions,
  Place,
  Problem,
  Question,
  Ui,
  Waited,
} from '../../../src/editor/input/ui.ts';

/** What the user does at a question. */
export type Act =
  /** Chooses items by their labels. */
  | { choose: string | string[] }
  | { type: string }
  /** A button of a dialog or notification; `undefined` closes it. */
  | { press: string | undefined }
  | 'back'
  | 'escape'
  /** Lets the next progress run until `when`, then takes Cancel. */
  | { cancel: Promise<unknown> };

/** Somebody who answers a flow's questions in order, and remembers everything that was shown. */
export interface ScriptedUi extends Ui {
  /** Every text that was on the screen. */
  shown: string[];
  /** Lists that were offered, as `label | description | detail` and separators as `--- title`. */
  lists: string[][];
  /** Title with step, of each question: `Add Provider (2/4)`. */
  places: string[];
  problems: Problem[];
  messages: { kind: MessageKind | 'modal'; message: string; actions: string[] }[];
  opened: string[];
  ran: string[];
  /** What input boxes started with. */
  started: string[];
  /** Throws when something was left unsaid. */
  done(): void;
}

export function scriptedUi(...acts: Act[]): ScriptedUi {
  return new Somebody(acts);
}

class Somebody implements ScriptedUi {
  readonly shown: string[] = [];
  readonly lists: string[][] = [];
  readonly places: string[] = [];
  readonly problems: Problem[] = [];
  readonly messages: ScriptedUi['messages'] = [];
  readonly opened: string[] = [];
  readonly ran: string[] = [];
  readonly started: string[] = [];
  readonly #acts: Act[];

  constructor(acts: Act[]) {
    this.#acts = acts;
  }

  pick = async <T>(options: PickOptions<T>): Promise<Answer<T>> => {
    const items = await this.#list(options);
    const act = this.#next(`pick "${options.placeholder}"`);
    if (act === 'back' || act === 'escape') return { is: act === 'back' ? 'back' : 'cancelled' };
    if (typeof act !== 'object' || !('choose' in act) || Array.isArray(act.choose))
      throw new Error(`not an answer to a list: ${JSON.stringify(act)}`);
    return { is: 'value', value: chosen(items, act.choose).value };
  };

  pickMany = async <T>(options: PickOptions<T>): Promise<Answer<T[]>> => {
    const items = await this.#list(options);
    const act = this.#next(`pick many "${options.placeholder}"`);
    if (act === 'escape') return { is: 'cancelled' };
    if (typeof act !== 'object' || !('choose' in act) || !Array.isArray(act.choose))
      throw new Error(`not an answer to a list: ${JSON.stringify(act)}`);
    return { is: 'value', value: act.choose.map((label) => chosen(items, label).value) };
  };

  ask = async (options: AskOptions): Promise<Answer<string>> => {
    this.#place(options);
    this.shown.push(options.prompt, options.placeholder ?? '', options.value ?? '');
    this.started.push(options.value ?? '');
    for (;;) {
      const act = this.#next(`ask "${options.prompt}"`);
      if (act === 'back' || act === 'escape') return { is: act === 'back' ? 'back' : 'cancelled' };
      if (typeof act !== 'object' || !('type' in act)) throw new Error(`not an answer to "${options.prompt}": ${JSON.stringify(act)}`);
      const problem = await options.check?.(act.type);
      if (problem) this.#problem(problem);
      if (problem?.severity === 'error') continue;
      const refused = await options.submit?.(act.type);
      if (!refused) return { is: 'value', value: act.type };
      this.#problem(refused);
    }
  };

  confirm = async <A extends string>({ message, detail }: Question, ...actions: A[]): Promise<A | undefined> =>
    this.#press('modal', detail === undefined ? message : `${message} | ${detail}`, actions);

  tell = async <A extends string>(kind: MessageKind, message: string, ...actions: A[]): Promise<A | undefined> =>
    this.#press(kind, message, actions);

  progress = async <T>(title: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<Waited<T>> => {
    this.shown.push(title);
    const abort = new AbortController();
    const [act] = this.#acts;
    if (typeof act === 'object' && 'cancel' in act) {
      this.#acts.shift();
      void act.cancel.then(() => abort.abort());
    }
    try {
      return { is: 'value', value: await work(abort.signal, (message) => this.shown.push(message)) };
    } catch (thrown) {
      if (abort.signal.aborted) return { is: 'cancelled' };
      throw thrown;
    }
  };

  open = async (url: string): Promise<void> => {
    this.opened.push(url);
  };

  run = async (command: string): Promise<void> => {
    this.ran.push(command);
  };

  done(): void {
    if (this.#acts.length > 0) throw new Error(`never asked for: ${JSON.stringify(this.#acts)}`);
  }

  async #list<T>(options: PickOptions<T>): Promise<PickItem<T>[]> {
    this.#place(options);
    const items = await options.items;
    const lines = items.map((item) =>
      'separator' in item ? `--- ${item.separator}` : [item.label, item.description ?? '', item.detail ?? ''].join(' | '),
    );
    this.lists.push(lines);
    this.shown.push(options.placeholder, ...lines);
    return items.flatMap((item) => ('separator' in item ? [] : [item]));
  }

  #place({ title, step, totalSteps }: Place): void {
    const place = step === undefined ? title : `${title} (${step}${totalSteps === undefined ? '' : `/${totalSteps}`})`;
    this.places.push(place);
    this.shown.push(title);
  }

  #press<A extends string>(kind: MessageKind | 'modal', message: string, actions: A[]): A | undefined {
    this.messages.push({ kind, message, actions });
    this.shown.push(message, ...actions);
    const [act] = this.#acts;
    // A notification asks for nothing: only what the script says is pressed.
    if (kind !== 'modal' && !(typeof act === 'object' && 'press' in act)) return undefined;
    const { press } = this.#next(message) as { press: string | undefined };
    const action = actions.find((name) => name === press);
    if (press !== undefined && action === undefined) throw new Error(`no button "${press}" at "${message}": ${actions.join(', ')}`);
    return action;
  }

  #problem(problem: Problem): void {
    this.problems.push(problem);
    this.shown.push(problem.message);
  }

  #next(question: string): Act {
    const act = this.#acts.shift();
    if (act === undefined) throw new Error(`nothing to say to ${question}`);
    return act;
  }
}

function chosen<T>(items: readonly PickItem<T>[], label: string): PickItem<T> {
  const found = items.find((item) => item.label === label);
  if (!found) throw new Error(`no "${label}" among ${items.map((item) => item.label).join(', ')}`);
  return found;
}

const GENERATED = /^call_g\d+_/;

/** True for an id that `CallIds` made up: it never stood on the wire. */
export function isGeneratedId(id: string): boolean {
  return GENERATED.test(id);
}

interface Call {
  id: string;
  name: string;
  answered: boolean;
}

/**
 * Gives every call of a conversation an id. Older models send none and pair results by name and order; an id made from the call's place
 * in the conversation and its name stays the same in every later request, so no state is needed.
 */
export class CallIds {
  readonly #calls: Call[] = [];
  #made = 0;

  /** The id of the next call. */
  called(name: string, id: string | undefined): string {
    const call = { id: id || this.#make(name), name, answered: false };
    this.#calls.push(call);
    return call.id;
  }

  /** The id of the call that a result answers: by id, else the first open call of that name. An answer to nothing gets an id of its own. */
  answered(name: string, id: string | undefined): string {
    const call =
      (id ? this.#calls.find((each) => each.id === id) : undefined) ??
      this.#calls.find((each) => !each.answered && each.name === name && (!id || isGeneratedId(each.id)));
    if (!call) return id || this.#make(name);
    call.answered = true;
    return call.id;
  }

  #make(name: string): string {
    this.#made += 1;
    // At most 40 characters of the plainest kind: fits every other vendor's rules for ids.
    return `call_g${this.#made}_${name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 28)}`;
  }
}

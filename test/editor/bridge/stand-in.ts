import type { CancellationToken, EditorApi, EditorMessage, EditorModel, EditorOptions } from '../../../src/editor/bridge/editor-api.ts';
import type { EditorModels } from '../../../src/editor/bridge/window-bridge.ts';

/** Stands in for VS Code's Language Model API, whose real one is there in the editor alone: the same classes, models from a script. */

class Text {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
class Thinking {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
class Call {
  readonly callId: string;
  readonly name: string;
  readonly input: object;
  constructor(callId: string, name: string, input: object) {
    this.callId = callId;
    this.name = name;
    this.input = input;
  }
}
class Result {
  readonly callId: string;
  readonly content: unknown[];
  constructor(callId: string, content: unknown[]) {
    this.callId = callId;
    this.content = content;
  }
}
class Data {
  readonly data: Uint8Array;
  readonly mimeType: string;
  constructor(data: Uint8Array, mimeType: string) {
    this.data = data;
    this.mimeType = mimeType;
  }
}
class Message {
  readonly role: number;
  readonly content: unknown[];
  constructor(role: number, content: unknown[]) {
    this.role = role;
    this.content = content;
  }
}
class Source {
  readonly #listeners: (() => void)[] = [];
  readonly #token = { isCancellationRequested: false };
  readonly token: CancellationToken = Object.assign(this.#token, {
    onCancellationRequested: (listener: () => void) => {
      this.#listeners.push(listener);
      return { dispose: () => {} };
    },
  });
  cancel(): void {
    if (this.#token.isCancellationRequested) return;
    this.#token.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
  dispose(): void {}
}

/** What a model was asked. */
export interface Asked {
  model: string;
  messages: EditorMessage[];
  options: EditorOptions;
  token: CancellationToken;
}

/** Answers one request: gives parts, throws errors. */
export type Script = (asked: Asked) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;

export const parts = { Text, Thinking, Call, Result, Data };

/** As VS Code's own class has it: the code apart from the name. */
export class LanguageModelError extends Error {
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface StandIn extends Omit<EditorModels, 'answered'> {
  asked: Asked[];
  script: Script;
  consent: boolean | undefined;
  models: EditorModel[];
  changed(): void;
}

/** Answers with these parts. */
export function answer(...list: unknown[]): Script {
  return async function* () {
    yield* list;
  };
}

type Facts = Partial<Omit<EditorModel, 'sendRequest'>>;

export function standIn(): StandIn & { add(vendor: string, id: string, facts?: Facts): void } {
  const listeners: (() => void)[] = [];
  const models: EditorModel[] = [];
  const api: EditorApi = {
    lm: {
      selectChatModels: async ({ vendor }) => models.filter((model) => model.vendor === vendor),
      onDidChangeChatModels: (listener) => {
        listeners.push(listener);
        return { dispose: () => {} };
      },
    },
    LanguageModelChatMessage: Message,
    LanguageModelChatMessageRole: { User: 1, Assistant: 2 },
    LanguageModelTextPart: Text,
    LanguageModelThinkingPart: Thinking,
    LanguageModelToolCallPart: Call,
    LanguageModelToolResultPart: Result,
    LanguageModelDataPart: Data,
    LanguageModelChatToolMode: { Auto: 1, Required: 2 },
    CancellationTokenSource: Source,
  };
  const stand = {
    api,
    models,
    asked: [] as Asked[],
    consent: true as boolean | undefined,
    script: answer(new Text('Hello from the editor.')) as Script,
    vendors: () => [...new Set(models.map(({ vendor }) => vendor)), 'omniroute', 'customendpoint'],
    canSend: () => stand.consent,
    changed: () => {
      for (const listener of listeners) listener();
    },
    add: (vendor: string, id: string, facts: Facts = {}) => {
      models.push({
        id,
        vendor,
        name: `${vendor} ${id}`,
        family: id,
        version: '1',
        maxInputTokens: 100_000,
        ...facts,
        sendRequest: async (messages, options, token) => {
          const asked = { model: id, messages, options, token };
          stand.asked.push(asked);
          return { stream: await stand.script(asked) };
        },
      });
    },
  };
  return stand;
}

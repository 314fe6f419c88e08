/**
 * What the bridge uses of VS Code's API, as VS Code has it when it runs: classes younger than our minimum (1.104) are optional. The module
 * `vscode` fits it.
 */
export interface EditorApi {
  lm: {
    selectChatModels(selector: { vendor: string }): PromiseLike<readonly EditorModel[]>;
    onDidChangeChatModels(listener: () => void): { dispose(): void };
  };
  LanguageModelChatMessage: new (role: number, content: InputPart[]) => EditorMessage;
  LanguageModelChatMessageRole: { User: number; Assistant: number };
  LanguageModelTextPart: new (value: string) => TextPart;
  LanguageModelToolCallPart: new (callId: string, name: string, input: object) => ToolCallPart;
  LanguageModelToolResultPart: new (callId: string, content: unknown[]) => ToolResultPart;
  LanguageModelDataPart?: new (data: Uint8Array, mimeType: string) => DataPart;
  /** A proposal still, but answers hold it. */
  LanguageModelThinkingPart?: new (
    value: string,
  ) => ThinkingPart;
  LanguageModelChatToolMode: { Auto: number; Required: number };
  CancellationTokenSource: new () => CancellationTokenSource;
}

export interface CancellationTokenSource {
  readonly token: CancellationToken;
  cancel(): void;
  dispose(): void;
}

export interface CancellationToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export interface TextPart {
  value: string;
}
export interface ToolCallPart {
  callId: string;
  name: string;
  input: object;
}
export interface ToolResultPart {
  callId: string;
  content: unknown[];
}
export interface DataPart {
  data: Uint8Array;
  mimeType: string;
}
export interface ThinkingPart {
  value: string | string[];
}
export type InputPart = TextPart | ToolCallPart | ToolResultPart | DataPart;

export interface EditorMessage {
  role: number;
  content: unknown[];
}

export interface EditorTool {
  name: string;
  description: string;
  inputSchema?: object;
}

export interface EditorOptions {
  justification?: string;
  modelOptions?: Record<string, unknown>;
  tools?: EditorTool[];
  toolMode?: number;
}

/** A model as `selectChatModels` gives it; the last two are not in the stable API, and there in newer versions. */
export interface EditorModel {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  readonly family: string;
  readonly version: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens?: number;
  readonly capabilities?: { supportsImageToText?: boolean; supportsToolCalling?: boolean };
  sendRequest(messages: EditorMessage[], options: EditorOptions, token: CancellationToken): PromiseLike<{ stream: AsyncIterable<unknown> }>;
}

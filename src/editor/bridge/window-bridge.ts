import * as vscode from 'vscode';
import { Emitter } from '../emitter.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import type { EditorApi, EditorModel } from './editor-api.ts';
import type { BridgeEnd, Connection } from './end.ts';
import type { ModelSource } from './models.ts';
import { type Answerer, PortServer } from './port-server.ts';
import type { FromEditor } from './protocol.ts';

/** A request came for a model that the user has not allowed us. */
export const consentWanted = new Emitter<EditorModel>();

/** Vendors that the user has not allowed us; until he allows them by something he does. VS Code would show its dialog for each request. */
const refused = new Set<string>();

/** The models of this window, as the bridge sees them. */
export interface EditorModels extends ModelSource {
  api: EditorApi;
  canSend(model: EditorModel): boolean | undefined;
  /** What the user answered to VS Code's question about this vendor. */
  answered(vendor: string, allowed: boolean): void;
}

export function editorModels({ languageModelAccessInformation: access }: vscode.ExtensionContext): EditorModels {
  return {
    // Its classes are wider than what we make with them: typed by hand in editor-api.ts.
    api: vscode as unknown as EditorApi,
    vendors: installedVendors,
    // VS Code 1.139 says yes to everything, older ones know.
    canSend: (model) => !refused.has(model.vendor) && access.canSendRequest(model as unknown as vscode.LanguageModelChat),
    answered: (vendor, allowed) => void (allowed ? refused.delete(vendor) : refused.add(vendor)),
  };
}

/** The vendors that installed extensions say they have. */
function installedVendors(): string[] {
  return vscode.extensions.all.flatMap(({ packageJSON }) => {
    const declared: unknown = (packageJSON as { contributes?: { languageModelChatProviders?: unknown } }).contributes
      ?.languageModelChatProviders;
    const list: unknown[] = Array.isArray(declared) ? declared : [declared];
    return list.flatMap((entry) => {
      const vendor = (entry as { vendor?: unknown } | undefined)?.vendor;
      return typeof vendor === 'string' ? [vendor] : [];
    });
  });
}

/** Models come and go in bursts while the editor starts. */
const SETTLE_MS = 1000;

/** Connects the gateway of this window with the models of this window. Reads nothing, and asks nobody, before the gateway asks. */
export function windowBridge(context: vscode.ExtensionContext): BridgeEnd {
  return { connect: (post) => connect(editorModels(context), post) };
}

function connect(models: EditorModels, post: (message: FromEditor) => void): Connection {
  let parts: Promise<{ answer: Answerer; isStale(): Promise<boolean> }> | undefined;
  const load = () => {
    parts ??= loadParts(models);
    return parts;
  };
  const server = new PortServer(post, async (call, reply, signal) => await (await load()).answer(call, reply, signal));
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    if (readSetting('copilotBridge.enabled') && (await (await parts)?.isStale())) server.modelsChanged();
  };
  const listeners = [
    vscode.lm.onDidChangeChatModels(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), SETTLE_MS);
    }),
    onSettingChange('copilotBridge.enabled', () => server.modelsChanged()),
  ];
  return {
    hear: (message) => server.hear(message),
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      server.dispose();
    },
  };
}

/** The dialect is heavy to load, and most windows never need it. */
async function loadParts(models: EditorModels): Promise<{ answer: Answerer; isStale(): Promise<boolean> }> {
  const [{ answererOf }, { ModelWatch }] = await Promise.all([import('./serve.ts'), import('./model-watch.ts')]);
  const watch = new ModelWatch(models);
  const answer = answererOf({
    ...models,
    enabled: () => readSetting('copilotBridge.enabled'),
    consentWanted: (model) => {
      refused.add(model.vendor);
      consentWanted.fire(model);
    },
    listed: (provider, list) => watch.listed(provider, list),
  });
  return { answer, isStale: () => watch.isStale() };
}

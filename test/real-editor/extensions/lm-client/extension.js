/**
 * What a third party's extension does with `vscode.lm`: chooses a model, sends text, tools, an image, counts, cancels, and asks for a model
 * that fails. Each case's outcome goes into one JSON file: `LM_CLIENT_RESULT`, else `lm-client.json` in the workspace.
 * `lm-client.request.json` in the workspace may name `{"model": id, "cases": […]}`; absent: the first model and all cases.
 */
const { readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const vscode = require('vscode');

// The smallest PNG: one pixel.
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const TOOL = {
  name: 'get_weather',
  description: 'The weather of a city.',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

const user = (...parts) =>
  vscode.LanguageModelChatMessage.User(parts.map((part) => (typeof part === 'string' ? new vscode.LanguageModelTextPart(part) : part)));

const CASES = {
  text: (model) => gathered(model, [user('Say hello.')]),
  tools: (model) => gathered(model, [user('What is the weather in Paris?')], { tools: [TOOL] }),
  'tool-result': (model) =>
    gathered(
      model,
      [
        user('What is the weather in Paris?'),
        vscode.LanguageModelChatMessage.Assistant([new vscode.LanguageModelToolCallPart('call_lm_client_1', TOOL.name, { city: 'Paris' })]),
        user(new vscode.LanguageModelToolResultPart('call_lm_client_1', [new vscode.LanguageModelTextPart('Sunny, 21 degrees.')])),
      ],
      { tools: [TOOL] },
    ),
  image: (model) => gathered(model, [user('What is on this image?', vscode.LanguageModelDataPart.image(PIXEL, 'image/png'))]),
  options: (model) => gathered(model, [user('Be brief.')], { modelOptions: { temperature: 0.5, max_tokens: 77 } }),
  count: async (model) => ({
    text: await model.countTokens('How many tokens are these words?'),
    message: await model.countTokens(user('How many tokens are these words?')),
  }),
  cancel: async (model) => {
    const source = new vscode.CancellationTokenSource();
    const started = Date.now();
    const asked = gathered(model, [user('Cancel me.')], {}, source.token);
    setTimeout(() => source.cancel(), 700);
    return { ...(await asked), ms: Date.now() - started };
  },
  missing: async (model) => gathered(model, [user('Use a model that is gone.')]),
};

async function gathered(model, messages, options = {}, token = new vscode.CancellationTokenSource().token) {
  const parts = [];
  try {
    const response = await model.sendRequest(messages, options, token);
    for await (const part of response.stream) parts.push(plain(part));
  } catch (error) {
    return {
      parts,
      error: {
        name: error.name,
        code: error.code,
        message: error.message,
        isLanguageModelError: error instanceof vscode.LanguageModelError,
      },
    };
  }
  return { parts, text: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') };
}

function plain(part) {
  if (part instanceof vscode.LanguageModelTextPart) return { kind: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) return { kind: 'tool-call', id: part.callId, name: part.name, input: part.input };
  if (part instanceof vscode.LanguageModelDataPart)
    return { kind: 'data', mimeType: part.mimeType, text: new TextDecoder().decode(part.data) };
  return { kind: part?.constructor?.name ?? typeof part, value: part?.value, metadata: part?.metadata };
}

const described = ({ id, name, vendor, family, version, maxInputTokens, capabilities }) => ({
  id,
  name,
  vendor,
  family,
  version,
  maxInputTokens,
  capabilities,
});

async function requested() {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!folder) return {};
  return JSON.parse(await readFile(join(folder, 'lm-client.request.json'), 'utf8').catch(() => '{}'));
}

async function report(result) {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '.';
  await writeFile(process.env.LM_CLIENT_RESULT ?? join(folder, 'lm-client.json'), JSON.stringify(result, undefined, 2));
}

async function run() {
  const models = await vscode.lm.selectChatModels({ vendor: 'omniroute' });
  const { model: wanted, cases = Object.keys(CASES) } = await requested();
  const model = models.find(({ id }) => id === wanted) ?? models[0];
  const result = { version: vscode.version, models: models.map(described), model: model?.id, cases: {} };
  for (const name of model ? cases : []) {
    try {
      result.cases[name] = await CASES[name](model);
    } catch (error) {
      result.cases[name] = { thrown: String(error?.stack ?? error) };
    }
  }
  await report(result);
  return result;
}

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand('lmClient.run', run),
    vscode.commands.registerCommand('lmClient.models', async () => {
      const result = { models: (await vscode.lm.selectChatModels({ vendor: 'omniroute' })).map(described) };
      await report(result);
      return result;
    }),
  );
};

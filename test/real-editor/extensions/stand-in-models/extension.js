// Models whose answers are told by their names, for tests of what other extensions' models look like to us.
const vscode = require('vscode');

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const models = ['echo', 'tools', 'image', 'slow', 'cancels', 'quota', 'blocked', 'broken'];
const asked = [];

const wait = (ms, token) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    token.onCancellationRequested(() => {
      clearTimeout(timer);
      resolve();
    });
  });

/** What a message says, in words a test can look for. */
function textOf({ content }) {
  return content
    .map((part) => {
      if (part instanceof vscode.LanguageModelTextPart) return part.value;
      if (part instanceof vscode.LanguageModelToolResultPart) return `[result ${part.callId}: ${textOf(part)}]`;
      if (part instanceof vscode.LanguageModelToolCallPart) return `[call ${part.callId}: ${part.name} ${JSON.stringify(part.input)}]`;
      return part?.mimeType ? `[${part.mimeType}, ${part.data.length} bytes]` : '[?]';
    })
    .join(' ');
}

function usageOf(input, output) {
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  return new vscode.LanguageModelDataPart(new TextEncoder().encode(JSON.stringify(usage)), 'usage');
}

const answers = {
  async echo(messages, _options, say) {
    say.text('Echo:');
    say.text(` ${textOf(messages.at(-1))}`);
    say.part(usageOf(21, 7));
  },
  async tools(messages, options, say) {
    const last = messages.at(-1);
    const tool = options.tools?.[0];
    if (tool && !last.content.some((part) => part instanceof vscode.LanguageModelToolResultPart)) {
      say.part(new vscode.LanguageModelToolCallPart(`call_${asked.length}`, tool.name, { path: 'a.txt' }));
    } else say.text(`The tools said: ${textOf(last)}`);
  },
  async image(_messages, _options, say) {
    say.part(new vscode.LanguageModelDataPart(new Uint8Array(Buffer.from(PIXEL, 'base64')), 'image/png'));
  },
  async slow(_messages, _options, say, token, entry) {
    for (let n = 1; n <= 50 && !token.isCancellationRequested; n++) {
      say.text(`${n} `);
      await wait(200, token);
    }
    entry.cancelled = token.isCancellationRequested;
  },
  async cancels(_messages, _options, say) {
    say.text(`was cancelled: ${asked.filter(({ cancelled }) => cancelled).length}`);
  },
  async quota() {
    throw Object.assign(new Error('You have used up your quota of premium requests.'), { name: 'ChatQuotaExceeded' });
  },
  async blocked() {
    throw vscode.LanguageModelError.Blocked('This extension is blocked.');
  },
  async broken(_messages, _options, say) {
    say.text('The beginning');
    throw new Error('The model broke.');
  },
};

function activate(context) {
  const changed = new vscode.EventEmitter();
  const provider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () =>
      models.map((id) => ({
        id,
        name: `Stand-in ${id}`,
        family: id,
        version: '1',
        maxInputTokens: 90000,
        maxOutputTokens: 10000,
        capabilities: { toolCalling: true, imageInput: true },
      })),
    async provideLanguageModelChatResponse(model, messages, options, progress, token) {
      const entry = { model: model.id, messages: messages.map((message) => [message.role, textOf(message)]), options, cancelled: false };
      asked.push(entry);
      const say = { text: (value) => progress.report(new vscode.LanguageModelTextPart(value)), part: (part) => progress.report(part) };
      await (answers[model.id] ?? answers.echo)(messages, options, say, token, entry);
    },
    provideTokenCount: async (_model, text) => Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4),
  };
  // As Copilot's: VS Code asks the user before another extension may use it. A proposal, which code-server lets every extension use.
  const guarded = {
    ...provider,
    provideLanguageModelChatInformation: () => [
      {
        id: 'member',
        name: 'Guarded member',
        family: 'member',
        version: '1',
        maxInputTokens: 90000,
        maxOutputTokens: 10000,
        capabilities: { toolCalling: true },
        requiresAuthorization: { label: 'Stand-in account' },
      },
    ],
  };
  context.subscriptions.push(
    changed,
    vscode.lm.registerLanguageModelChatProvider('guarded', guarded),
    vscode.lm.registerLanguageModelChatProvider('standin', provider),
    vscode.commands.registerCommand('standin.add', (id = `late-${models.length}`) => {
      models.push(id);
      changed.fire();
    }),
    vscode.commands.registerCommand('standin.log', async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'json', content: JSON.stringify(asked, undefined, 2) });
      await vscode.window.showTextDocument(document);
      return asked;
    }),
  );
}

module.exports = { activate };

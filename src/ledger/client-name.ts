/** A tool, by how its User-Agent begins. Seen on the wire (docs/tools-on-the-wire.md) unless said. */
const TOOLS: readonly { name: string; product: RegExp }[] = [
  { name: 'Claude Code', product: /^claude-(?:cli|code)$/i },
  { name: 'Codex', product: /^codex(?:[_-]|$)/i },
  { name: 'Gemini CLI', product: /^GeminiCLI/i },
  { name: 'Qwen Code', product: /^QwenCode$/i },
  // From their sources and from other gateways' lists, not seen here.
  { name: 'opencode', product: /^opencode$/i },
  { name: 'Copilot Chat', product: /^GitHubCopilotChat$/i },
  { name: 'Cline', product: /^cline/i },
  { name: 'Kilo Code', product: /^kilo-?code/i },
  { name: 'Roo Code', product: /^roo-?code/i },
  { name: 'Zoo Code', product: /^zoo-?code/i },
  { name: 'Continue', product: /^continue/i },
  { name: 'Zed', product: /^zed/i },
  { name: 'Aider', product: /^aider/i },
  { name: 'OpenClaw', product: /^openclaw/i },
];

/** Libraries and plain HTTP clients: named when nothing tells the tool behind them. */
const LIBRARIES: readonly { name: string; product: RegExp }[] = [
  { name: 'OpenAI SDK', product: /^(?:OpenAI|AsyncOpenAI)$/ },
  { name: 'Anthropic SDK', product: /^(?:Anthropic|AsyncAnthropic)$/ },
  { name: 'Google Gen AI SDK', product: /^google-genai-sdk$/i },
  { name: 'AI SDK', product: /^ai(?:-sdk)?$/i },
  { name: 'curl', product: /^curl$/i },
];

const LONGEST = 80;

/** Our own provider of models for VS Code asks in the name of the extension that it names in this header. */
const OWN_AGENT = 'OmniRoute-VSCode';
const INITIATOR_HEADER = 'x-omniroute-initiator';
/** Extensions by id, which VS Code gives in small letters; others are shown by their id. `core` is VS Code itself. */
const EXTENSIONS: Record<string, string> = {
  core: 'VS Code',
  'omniroute.omniroute': 'OmniRoute',
  'github.copilot-chat': 'Copilot Chat',
  'saoudrizwan.claude-dev': 'Cline',
  'rooveterinaryinc.roo-cline': 'Roo Code',
  'zoocodeorganization.zoo-code': 'Zoo Code',
  'kilocode.kilo-code': 'Kilo Code',
  'continue.continue': 'Continue',
};

export interface ClientName {
  name: string;
  version?: string;
}

/**
 * The tool that sent a request: by its User-Agent, else by the title that tools send for OpenRouter (`x-title`), else the library, else the
 * User-Agent as it is, shortened. Empty when the client sends none.
 */
export function clientNameOf(header: (name: string) => string | undefined): ClientName {
  const agent = header('user-agent')?.trim() ?? '';
  const [product = '', version] = (agent.split(/[\s;(]/, 1)[0] ?? '').split('/');
  if (product === OWN_AGENT) return extensionName(header(INITIATOR_HEADER)?.trim());
  const tool = TOOLS.find((entry) => entry.product.test(product));
  if (tool) return named(tool.name, version);
  const title = header('x-title')?.trim();
  if (title) return named(title);
  const library = LIBRARIES.find((entry) => entry.product.test(product));
  if (library) return named(library.name, /^\d/.test(version ?? '') ? version : /\d[\w.-]*/.exec(agent)?.[0]);
  return named(agent);
}

/** The version in the User-Agent is ours, not the extension's. */
function extensionName(id: string | undefined): ClientName {
  return named(id ? (EXTENSIONS[id.toLowerCase()] ?? id) : 'VS Code');
}

function named(name: string, version?: string): ClientName {
  const short = printable(name).slice(0, LONGEST);
  return version && /^v?\d/.test(version) ? { name: short, version: printable(version).slice(0, LONGEST) } : { name: short };
}

/** Headers come from anybody: controls would end up in tables and logs. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** Where the prices of a provider's models are listed. */
export interface PriceLists {
  /** Ids of price lists in `@pydantic/genai-prices`; the first that names the model counts. */
  lists: readonly string[];
  /** A flat plan: its list prices tell what the tokens are worth, not what is paid. */
  plan?: true;
  /** The list depends on what follows the model's colon (`model:groq`): this text, then that. */
  listPrefix?: string;
}

const HUGGING_FACE = 'huggingface_';
/** Vendors whose list is behind `huggingface_…`: the router bills the partner's own price, without a markup (huggingface.co/docs/inference-providers/pricing). */
const partner = (name: string): string => HUGGING_FACE + name;

/**
 * Our providers and the lists their prices are in. Gateways that sell at the vendors' prices under OpenRouter's names (Kilo, Cline,
 * Vercel) are priced by its list; one that adds a share of its own (Requesty) is not. A provider that is not here has no known prices.
 */
export const PRICE_LISTS: Readonly<Record<string, PriceLists>> = {
  anthropic: { lists: ['anthropic'] },
  azure: { lists: ['azure'] },
  'azure-deployments': { lists: ['azure'] },
  baseten: { lists: ['baseten'] },
  bedrock: { lists: ['aws'] },
  'bedrock-mantle': { lists: ['aws'] },
  cerebras: { lists: ['cerebras', partner('cerebras')] },
  cline: { lists: ['openrouter'] },
  'cloudflare-ai': { lists: ['cloudflare'] },
  codestral: { lists: ['mistral'] },
  cohere: { lists: ['cohere'] },
  deepseek: { lists: ['deepseek'] },
  fireworks: { lists: ['fireworks', partner('fireworks-ai')] },
  gemini: { lists: ['google'] },
  // Azure's list falls back to those of the vendors GitHub Models serves.
  'github-models': { lists: ['azure', 'mistral', 'cohere'] },
  glm: { lists: ['zai', 'zhipuai'], plan: true },
  'glm-cn': { lists: ['zhipuai'], plan: true },
  'glm-cn-general': { lists: ['zhipuai'] },
  'glm-general': { lists: ['zai'] },
  groq: { lists: ['groq'] },
  huggingface: { lists: [], listPrefix: HUGGING_FACE },
  hyperbolic: { lists: [partner('hyperbolic')] },
  'kilo-gateway': { lists: ['openrouter'] },
  'kimi-coding-apikey': { lists: ['moonshotai'], plan: true },
  minimax: { lists: ['minimax'] },
  'minimax-cn': { lists: ['minimax'] },
  mistral: { lists: ['mistral'] },
  moonshot: { lists: ['moonshotai'] },
  'moonshot-cn': { lists: ['moonshotai'] },
  nebius: { lists: [partner('nebius')] },
  novita: { lists: ['novita', partner('novita')] },
  nscale: { lists: [partner('nscale')] },
  openai: { lists: ['openai'] },
  openrouter: { lists: ['openrouter'] },
  ovhcloud: { lists: ['ovhcloud', partner('ovhcloud')] },
  perplexity: { lists: ['perplexity'] },
  sambanova: { lists: [partner('sambanova')] },
  together: { lists: ['together', partner('together')] },
  'vercel-ai-gateway': { lists: ['openrouter'] },
  vertex: { lists: ['google'] },
  'vertex-express': { lists: ['google'] },
  'vertex-partner': { lists: ['google', 'mistral'] },
  xai: { lists: ['x-ai'] },
  // Flat plans without a list: nothing is paid for a request, and what it is worth is not known.
  'bailian-coding-plan': { lists: [], plan: true },
  'bailian-coding-plan-cn': { lists: [], plan: true },
  'opencode-go': { lists: [], plan: true },
  synthetic: { lists: [], plan: true },
  'volcengine-coding-plan': { lists: [], plan: true },
};

/** Names to look for, in order: each list with the model's name as it is, then with less and less around it. */
export function listings(providerId: string, model: string): { list: string; name: string }[] {
  const prices = PRICE_LISTS[providerId];
  if (!prices) return [];
  const [bare, route] = splitLast(model, ':');
  if (prices.listPrefix !== undefined) {
    return route ? [{ list: prices.listPrefix + route, name: bare }] : [];
  }
  return namesOf(model).flatMap((name) => prices.lists.map((list) => ({ list, name })));
}

/** `models/x`, `publishers/v/models/x`, `vendor/x` → `x`; `x:variant`, `x@date` → `x`; `x-20250929` → `x`. */
function namesOf(model: string): string[] {
  const short = model.slice(model.lastIndexOf('/') + 1);
  const names = [model];
  for (const name of [model, short]) {
    const plain = name.replace(/[:@][^/]*$/, '');
    names.push(plain, plain.replace(/-20\d{2}-?\d{2}-?\d{2}$/, ''));
  }
  return [...new Set(names)].filter((name) => name !== '');
}

function splitLast(text: string, at: string): [string, string | undefined] {
  const index = text.lastIndexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

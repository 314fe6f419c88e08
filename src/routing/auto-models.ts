import { type Account, mayUse } from '../accounts/account.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { Directory } from './facts.ts';

const SMALL = words('flash mini haiku lite turbo nano small instant fast');

/** Words of models that do not chat; live lists hold them all (OpenAI's has `text-embedding-3-small`, Groq's `whisper-large-v3`). */
const NO_CHAT = words(
  'audio babbage dall davinci embed embedding embeddings guard image imagen moderation realtime rerank reranker sora speech transcribe tts veo whisper',
);

/** Ids in the order they are chosen from. */
interface Order {
  all: readonly string[];
  small: readonly string[];
  /** Those that their host gives away (OpenRouter's `:free`), as listed. */
  free: readonly string[];
}

const FREE_VARIANT = ':free';

const orders = new WeakMap<readonly ModelInfo[], Order>();

/** True for a model whose name says it is a small one: `gemini-2.5-flash`, not the `mini` in `gemini`. */
export function isSmall(id: string): boolean {
  return SMALL.test(id);
}

/** False for a model whose name says that it does not chat: `text-embedding-3-small`. */
export function isChat(id: string): boolean {
  return !NO_CHAT.test(id);
}

/**
 * The ids an account's models may be chosen from without anybody naming one: those the catalogue knows first, in its order (live lists
 * have none: OpenAI's begins with whatever is oldest), then the others as listed, without those that plainly do not chat.
 */
export function chatModels(account: Account, directory: Directory): readonly string[] {
  return orderOf(account, directory).all;
}

/** Those of `chatModels` whose names say they are small. */
export function smallModels(account: Account, directory: Directory): readonly string[] {
  return orderOf(account, directory).small;
}

/** Ids that the account's host marks as free, those that do not chat included. */
export function freeVariants(account: Account, directory: Directory): readonly string[] {
  return orderOf(account, directory).free;
}

const allowed = new WeakMap<Account, { of: readonly string[]; ids: readonly string[] }>();

/** Those of `chatModels` that the account may be used for. */
export function allowedModels(account: Account, directory: Directory): readonly string[] {
  const of = chatModels(account, directory);
  const { allow, deny } = account.config.models ?? {};
  if (!allow && !deny) return of;
  const known = allowed.get(account);
  if (known?.of === of) return known.ids;
  const ids = of.filter((id) => mayUse(account, id));
  allowed.set(account, { of, ids });
  return ids;
}

function orderOf(account: Account, directory: Directory): Order {
  const models = directory.modelsOf(account);
  let order = orders.get(models);
  if (!order) {
    const all = inOrder(models, account.provider.models.seed);
    order = { all, small: all.filter(isSmall), free: models.flatMap(({ id }) => (id.endsWith(FREE_VARIANT) ? [id] : [])) };
    orders.set(models, order);
  }
  return order;
}

function inOrder(models: readonly ModelInfo[], seed: readonly ModelInfo[]): string[] {
  const listed = new Set(models.map(({ id }) => id));
  const known = seed.flatMap(({ id }) => (listed.has(id) ? [id] : []));
  const all = [...new Set([...known, ...listed])];
  const chatting = all.filter(isChat);
  return chatting.length > 0 ? chatting : all;
}

/** One of these, as a whole word of an id. */
function words(list: string): RegExp {
  return new RegExp(`(?:^|[-_./:])(?:${list.replaceAll(' ', '|')})(?:$|[-_./:])`, 'i');
}

import { calcPrice, findProvider, type ModelInfo, type Provider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { findModel } from '../../../src/ledger/prices/find-model.ts';
import { PRICE_LISTS } from '../../../src/ledger/prices/lists.ts';
import { providers } from '../../../src/providers/catalogue.ts';

const listOf = (id: string): Provider | undefined => findProvider({ providerId: id });
const ids = [...new Set(Object.values(PRICE_LISTS).flatMap(({ lists }) => lists))];
/** Names that lists have, that providers have, and what is near them. */
const names = [
  ...ids.flatMap((id) => (listOf(id)?.models ?? []).map((model) => model.id)),
  ...providers.flatMap(({ models }) => models.seed.map((model) => model.id)),
  ...['', ' ', 'nobody', 'x-20250229', 'claude-sonnet-4-5-20250929', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
].flatMap((name, at) => [name, ` ${name.toUpperCase()}`, `${name}-20250929`, `x-${name}`, `${name}-${at}`, `vendor/${name}`]);

function theirs(list: string, name: string): ModelInfo | undefined {
  try {
    return calcPrice({}, name, { providerId: list })?.model;
  } catch {
    return undefined;
  }
}

describe('a model of a price list', () => {
  it.each(ids)('is found as the price library finds it: %s', (id) => {
    const list = listOf(id);
    if (!list) throw new Error(`no list ${id}`);
    // A few hundred names each: the library takes its time.
    const step = Math.max(1, Math.floor(names.length / 400));
    for (let at = id.length % step; at < names.length; at += step) {
      const name = names[at] ?? '';
      expect([name, findModel(list, name, listOf)?.id]).toEqual([name, theirs(id, name)?.id]);
    }
    for (const { id: own } of list.models) expect([own, findModel(list, own, listOf)?.id]).toEqual([own, theirs(id, own)?.id]);
  });
});

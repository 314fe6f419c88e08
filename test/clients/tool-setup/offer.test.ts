import { describe, expect, it } from 'vitest';
import { type GatewayModel, MOST_CHOSEN, MOST_MODELS, offer, usualModel } from '../../../src/clients/offer.ts';

const model = (name: string): GatewayModel => ({ name, title: name, kind: 'model' });
const combo = (name: string): GatewayModel => ({ name, title: name, kind: 'combo' });
const auto = (name = 'auto'): GatewayModel => ({ name, title: name, kind: 'auto' });
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => model(`${prefix}/m${n}`));
const names = (models: readonly GatewayModel[]) => models.map(({ name }) => name);

describe('the models a tool is told of', () => {
  it('are all of them where they are few', () => {
    const all = [combo('work'), auto(), ...many('a', 3)];
    expect(offer(all, undefined)).toEqual({ models: all, leftOut: 0 });
  });

  it('are some of each account where there are thousands, own names always', () => {
    const all = [combo('work'), auto(), ...many('huge', 6000), ...many('small', 3)];
    const { models, leftOut } = offer(all, undefined);
    expect(models).toHaveLength(2 + MOST_MODELS);
    expect(leftOut).toBe(6003 - MOST_MODELS);
    expect(names(models)).toEqual(['work', 'auto', ...names(many('huge', MOST_MODELS - 3)), 'small/m0', 'small/m1', 'small/m2']);
  });

  it('are without the variants of auto, unless somebody asks for them', () => {
    const all = [auto(), auto('auto/fast'), model('a/b')];
    expect(names(offer(all, undefined).models)).toEqual(['auto', 'a/b']);
    expect(names(offer(all, ['auto/*']).models)).toEqual(['auto/fast']);
  });

  it('are those that fit patterns, up to a bound', () => {
    const { models, leftOut } = offer([combo('work'), ...many('a', 500), model('b/x')], ['a/*', 'work']);
    expect(names(models.slice(0, 2))).toEqual(['work', 'a/m0']);
    expect([models.length, leftOut]).toEqual([1 + MOST_CHOSEN, 500 - MOST_CHOSEN]);
  });

  it('are used from the first combo on, else by auto, which may have nobody to ask yet', () => {
    expect(usualModel([model('a/b'), auto(), combo('work')], undefined)).toBe('work');
    expect(usualModel([model('a/b')], undefined)).toBe('auto');
    expect(usualModel([model('a/b')], ['a/*', 'auto'])).toBe('auto');
    expect(usualModel([model('a/b')], ['a/*'])).toBe('a/b');
    expect(usualModel([], ['a/*'])).toBeUndefined();
  });
});

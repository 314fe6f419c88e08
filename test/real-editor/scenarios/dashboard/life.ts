import { lifeConfig, live } from '../../../dashboard/life.ts';
import { TEST_KEY } from '../../config.ts';
import type { EditorHouse, HouseOptions } from '../../house.ts';
import type { Stage } from '../../stage.ts';

export interface Lived {
  house: EditorHouse;
  /** A day of requests; the gateway must be there. */
  live(): Promise<void>;
}

/** An editor whose gateway has accounts, combos, budgets and prices as somebody has them. */
export async function lived({ editor, provider }: Stage, options: HouseOptions = {}): Promise<Lived> {
  const [good, bad] = [await provider(), await provider()];
  const { version: _, accounts, combos, settings, ...more } = lifeConfig(good.url, bad.url, {});
  const house = await editor({ ...options, prepared: { accounts, combos, settings, more } });
  return { house, live: () => live({ url: house.origin, key: TEST_KEY }, good, bad) };
}

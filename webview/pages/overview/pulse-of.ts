import type { Store } from '../../host/store.ts';
import { Pulse } from './pulse.ts';

const pulses = new WeakMap<Store, Pulse>();

/** The one of this page: what was counted stays while other pages are shown. */
export function pulseOf(store: Store): Pulse {
  const known = pulses.get(store) ?? new Pulse();
  pulses.set(store, known);
  return known;
}

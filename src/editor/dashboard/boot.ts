import { randomUUID } from 'node:crypto';
import { VERSION as version } from '../../version.ts';
import type { Live } from '../live/snapshot.ts';
import type { Boot } from './contract/messages.ts';
import type { Place } from './contract/place.ts';
import { WATCHABLE, type Watchable } from './contract/slices.ts';
import { ChangedSlices } from './session/changed-slices.ts';

/** Everything small: what the first picture of any page can use. Lists of thousands of models are asked for. */
const AT_ONCE: ReadonlySet<Watchable> = new Set(WATCHABLE.filter((slice) => slice !== 'models'));

/** What a page starts with. */
export function bootOf(live: Live, place: Place, { locale, texts, placement }: Pick<Boot, 'locale' | 'texts' | 'placement'>): Boot {
  const slices = new ChangedSlices().take(live.snapshot, AT_ONCE) ?? {};
  return { id: randomUUID(), place, locale, texts, placement, version, slices };
}

import { COLORS, type NodeIcon } from '../../src/editor/views/tree/node.ts';
import type { Tone } from './tone.ts';

/** The tone of a state, by the icon that the trees show it with. */
export function toneOf({ color }: NodeIcon): Tone {
  switch (color) {
    case COLORS.good:
      return 'good';
    case COLORS.warning:
      return 'warning';
    case COLORS.bad:
      return 'bad';
    default:
      return 'neutral';
  }
}

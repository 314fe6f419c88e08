import type { VNode } from 'preact';
import type { Tone } from './tone.ts';

/** A bar from nothing to all. `share`: 0…1; `undefined`: not known. `label` says what it measures, `text` what it shows. */
export function Meter({
  label,
  share,
  text,
  tone = 'neutral',
}: {
  label: string;
  share: number | undefined;
  text: string;
  tone?: Tone;
}): VNode {
  const percent = share === undefined ? 0 : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      class={`meter tone-${tone}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <div class="meter-bar" style={{ width: `${percent}%` }} />
    </div>
  );
}

/** What a colour says; never the colour alone, a word or an icon says it too. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

/** A shape for each tone that wants to be seen: colour is never needed. */
export function toneIcon(tone: Tone): string | undefined {
  switch (tone) {
    case 'bad':
      return 'error';
    case 'warning':
      return 'warning';
    case 'neutral':
    case 'good':
    case 'info':
      return undefined;
  }
}

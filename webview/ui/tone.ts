/** What a colour says; never the colour alone, a word or an icon says it too. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

let chosen = 'en';

/** The language of the editor, for numbers and dates: `vscode.env.language`. What Intl does not know is passed over. */
export function useLocale(language: string): void {
  try {
    chosen = Intl.getCanonicalLocales(language)[0] ?? chosen;
  } catch {
    // A language pack of a made-up language: English figures are still right.
  }
}

export function locale(): string {
  return chosen;
}

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** Made once for each language and form: making one takes longer than all it will ever format. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([chosen, options]);
  const known = numbers.get(key) ?? new Intl.NumberFormat(chosen, options);
  numbers.set(key, known);
  return known;
}

/** The same for dates. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([chosen, options]);
  const known = dates.get(key) ?? new Intl.DateTimeFormat(chosen, options);
  dates.set(key, known);
  return known;
}

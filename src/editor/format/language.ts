/** A language by its own name: `español` for `es`. One nobody knows is named as it is written. */
export function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  } catch {
    // A language pack of a made-up language.
    return language;
  }
}

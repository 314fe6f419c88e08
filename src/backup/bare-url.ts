/** A URL without user, password, query and fragment: what of it is no secret. Empty when it is none. */
export function bareUrl(text: string): string {
  if (!URL.canParse(text)) return '';
  const url = new URL(text);
  if (!url.username && !url.password && !url.search && !url.hash) return text;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}

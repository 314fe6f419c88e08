/** A proxy as it may be shown: scheme, host and port, without user and password. `null`: none is used. */
export function proxyOrigin(proxy: string | null): string | null {
  if (!proxy) return null;
  if (!URL.canParse(proxy)) return '';
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}

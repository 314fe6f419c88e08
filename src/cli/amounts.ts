/** `$5, 1000 tokens`. */
export function amountText({ usd, tokens, requests }: { usd?: number; tokens?: number; requests?: number }): string {
  return [
    ...(usd === undefined ? [] : [`$${usd}`]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
    ...(requests === undefined ? [] : [`${requests} requests`]),
  ].join(', ');
}

import * as l10n from '@vscode/l10n';
import { numberFormat } from './locale.ts';

/** US dollars: `$0`, `$0.0031` (two digits that say something), `$0.12`, `$1,204.50`. */
export function formatUsd(usd: number): string {
  if (usd === 0) return dollars(0, { maximumFractionDigits: 0 });
  if (usd > 0 && usd < 0.0001) return l10n.t('less than {0}', dollars(0.0001, { maximumFractionDigits: 4 }));
  if (Math.abs(usd) < 0.1) return dollars(usd, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  return dollars(usd, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** List price of a million tokens: `$0.15 in, $0.60 out`; `free`; `undefined` when it is not known. */
export function formatPrice(price: { input: number; output: number } | null): string | undefined {
  if (!price) return undefined;
  if (price.input === 0 && price.output === 0) return l10n.t('free');
  return l10n.t('{0} in, {1} out per million tokens', formatUsd(price.input), formatUsd(price.output));
}

function dollars(usd: number, options: Intl.NumberFormatOptions): string {
  return numberFormat({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...options }).format(usd);
}

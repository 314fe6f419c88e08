import * as l10n from '@vscode/l10n';
import { type Boot, bootSchema } from './contract/messages.ts';
import { escapedHtml as escaped } from './failure-html.ts';

export interface PageParts {
  boot: Boot;
  /** Random, of this page alone. */
  nonce: string;
  /** Where the page's own files may come from: a CSP source. */
  source: string;
  script: string;
  /** What the script needs before it runs, fetched at once with it. */
  preload?: readonly string[];
  style: string;
}

/**
 * The page around the script. Nothing may be loaded but its own files, no text becomes code, and nothing is sent anywhere: the script
 * talks by messages alone.
 */
export function pageHtml({ boot, nonce, source, script, preload = [], style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(boot.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OmniRoute</title>
<link rel="stylesheet" href="${escaped(style)}">
${preload.map((file) => `<link rel="modulepreload" nonce="${nonce}" href="${escaped(file)}">\n`).join('')}<script type="application/json" id="boot">${dataText(bootSchema.parse(boot))}</script>
<script type="module" nonce="${nonce}" src="${escaped(script)}"></script>
</head>
<body>
<div id="root"><p class="said">${escaped(l10n.t('Loading…'))}</p></div>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in. */
function dataText(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

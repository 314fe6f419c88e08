import * as l10n from '@vscode/l10n';

/** What stands in the dashboard's place when it cannot be shown: words alone. */
export function failureHtml(reason: string): string {
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>OmniRoute</title>
</head>
<body>
<h1>${escapedHtml(l10n.t('The dashboard cannot be shown'))}</h1>
<p role="alert">${escapedHtml(reason)}</p>
</body>
</html>
`;
}

/** Text that is nothing but text in HTML, between tags and in an attribute's quotes. */
export function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

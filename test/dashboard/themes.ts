import { existsSync, readFileSync } from 'node:fs';

/** VS Code's own themes, by the variables it gives a webview; taken from a running editor. */
export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type ThemeName = (typeof THEMES)[number];

const KINDS: Record<ThemeName, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast-light vscode-high-contrast',
};

export function themeOf(name: ThemeName): { theme: Record<string, string>; kind: string } {
  const file = new URL(`themes/${name}.json`, import.meta.url);
  return { theme: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}, kind: KINDS[name] };
}

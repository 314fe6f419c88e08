import * as l10n from '@vscode/l10n';
import type { PickItem } from '../../input/ui.ts';

/** The base URLs that tools ask for, by the API they speak. `url`: where the gateway listens. */
export function addresses(url: string): PickItem<string>[] {
  return [
    { label: `${url}/v1`, description: l10n.t('OpenAI style: Chat Completions and Responses'), icon: 'link', value: `${url}/v1` },
    { label: url, description: l10n.t('Anthropic style: Claude Code and the Anthropic SDKs'), icon: 'link', value: url },
    { label: url, description: l10n.t('Gemini style: Gemini CLI and the Google SDKs'), icon: 'link', value: url },
  ];
}

import * as l10n from '@vscode/l10n';
import type { ReasoningEffort } from '../../conversation/request.ts';

/** Left alone, the provider's own default holds: not every host takes the parameter. */
const UNSET = 'default';
const EFFORTS = ['low', 'medium', 'high'] as const satisfies ReasoningEffort[];

/** How much a model thinks, offered beside it in the picker; `group: navigation` is where VS Code's picker has it (1.139). */
export function effortSchema(): object {
  return {
    properties: {
      reasoningEffort: {
        type: 'string',
        title: l10n.t('Thinking Effort'),
        enum: [UNSET, ...EFFORTS],
        enumItemLabels: [l10n.t('Default'), l10n.t('Low'), l10n.t('Medium'), l10n.t('High')],
        enumDescriptions: [
          l10n.t('As the provider sets it'),
          l10n.t('Quick answers'),
          l10n.t('Some thought'),
          l10n.t('Long thought for hard questions'),
        ],
        default: UNSET,
        group: 'navigation',
      },
    },
  };
}

/** The user's choice as VS Code hands it over with a request. */
export function chosenEffort(configuration: unknown): ReasoningEffort | undefined {
  const value =
    typeof configuration === 'object' && configuration !== null && 'reasoningEffort' in configuration
      ? configuration.reasoningEffort
      : undefined;
  return EFFORTS.find((effort) => effort === value);
}

import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { useRun } from '../../use-run.ts';
import type { FirstStep } from './first-steps.ts';

/** What a new user does first. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }): VNode {
  const next = steps.find(({ isDone }) => !isDone)?.id;
  return (
    <Section title={l10n.t('Get Started')}>
      <ol class="steps">
        {steps.map((step, at) => (
          <li key={step.id} class={`step${step.isDone ? ' done' : ''}`}>
            <span class="step-mark" aria-hidden="true">
              {step.isDone ? <Icon name="check" /> : at + 1}
            </span>
            <div class="step-body">
              <h3>
                {step.title}
                {step.isDone && <span class="said">{l10n.t('(done)')}</span>}
              </h3>
              <p class="quiet">{step.text}</p>
              <StepButtons step={step} isNext={step.id === next} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepButtons({ step: { buttons }, isNext }: { step: FirstStep; isNext: boolean }): VNode {
  const run = useRun();
  return (
    <div class="actions">
      {buttons.map(({ label, command }, at) => (
        <Button key={command} kind={isNext && at === 0 ? 'primary' : 'secondary'} onClick={() => void run(command)}>
          {label}
        </Button>
      ))}
    </div>
  );
}

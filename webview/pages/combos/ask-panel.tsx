import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useRun } from '../../use-run.ts';
import type { Desk } from './index.tsx';
import { Simulator } from './simulator.tsx';

/** Who would answer a name that is no combo: automatic routing, a model, an alias. */
export function AskPanel({ name, desk }: { name: string; desk: Desk }): VNode {
  const isAuto = name === 'auto' || name.startsWith('auto/');
  return <article class="combo-editor">{isAuto ? <Auto name={name} desk={desk} /> : <AnyName name={name} desk={desk} />}</article>;
}

function Auto({ name, desk }: { name: string; desk: Desk }): VNode {
  const run = useRun();
  const options = Object.entries(autos()).map(([value, description]) => ({ value, label: value, description }));
  return (
    <>
      <header class="combo-head">
        <h2>{l10n.t('Automatic routing')}</h2>
        <div class="actions">
          <Button icon="beaker" onClick={() => void run('omniroute.combo.test', { kind: 'auto', name: 'auto' })}>
            {l10n.t('Test')}
          </Button>
        </div>
      </header>
      <div class="combo-strategy">
        <Select label={l10n.t('Asked for')} value={name} options={options} onChange={(next) => desk.show({ is: 'ask', name: next })} />
        <p class="quiet">{autos()[name] ?? ''}</p>
      </div>
      <Simulator name={name} accounts={desk.routes.accounts} unsaved={false} />
    </>
  );
}

function autos(): Record<string, string> {
  return {
    auto: l10n.t('one model of each account: what is already paid first, what costs nothing last'),
    'auto/free': l10n.t('only what costs nothing'),
    'auto/cheap': l10n.t('the cheapest first'),
    'auto/fast': l10n.t('small models, the quickest first'),
  };
}

const TYPING_MS = 300;

function AnyName({ name, desk }: { name: string; desk: Desk }): VNode {
  const [typed, setTyped] = useState(name);
  const [asked, setAsked] = useState(name);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <>
      <header class="combo-head">
        <h2>{l10n.t('Who would answer?')}</h2>
      </header>
      <TextField
        label={l10n.t('A name as a tool asks for it')}
        hint={l10n.t('A model, an alias, a combo, auto.')}
        value={typed}
        onInput={setTyped}
        onCommit={(text) => setAsked(text.trim())}
      />
      {asked !== '' && <Simulator name={asked} accounts={desk.routes.accounts} unsaved={false} />}
    </>
  );
}

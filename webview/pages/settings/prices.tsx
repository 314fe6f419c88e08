import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { PriceRow } from '../../../src/editor/dashboard/contract/calls/settings.ts';
import { formatUsd } from '../../../src/editor/format/index.ts';
import { useApp, useCall, useTopic } from '../../app.ts';
import { errorOf } from '../../host/thrown.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { moved } from '../../ui/drag-list/drop.ts';
import { DragList } from '../../ui/drag-list.tsx';
import { TextField } from '../../ui/field.tsx';
import { Answer, Failure } from '../../ui/states.tsx';
import { FormButtons } from './form-buttons.tsx';
import { type PriceDraft, priceDraft, priceProblem, readPrice } from './price-draft.ts';

/** The user's own prices: the first pattern that fits a model counts, so their order is his. */
export function Prices(): VNode {
  const { host } = useApp();
  const asking = useCall('prices', {});
  const [error, setError] = useState<Error>();
  const [editing, setEditing] = useState<number>();
  useTopic('config', {}, asking.again);
  const save = async (prices: PriceRow[]): Promise<void> => {
    try {
      await host.call('savePrices', { prices });
      setError(undefined);
      setEditing(undefined);
      asking.again();
    } catch (thrown) {
      setError(errorOf(thrown));
    }
  };
  return (
    <Answer asking={asking} rows={3}>
      {(prices) => (
        <>
          {prices.length === 0 && editing === undefined && <p class="hint">{l10n.t('None of your own: list prices count.')}</p>}
          <DragList
            label={l10n.t('Your prices')}
            items={prices}
            keyOf={({ pattern }) => pattern}
            nameOf={({ pattern }) => pattern}
            onMove={(from, to) => void save(moved(prices, from, to))}
            draw={(row, at) =>
              editing === at ? (
                <PriceForm
                  row={row}
                  taken={prices.filter((other) => other !== row)}
                  done={(next) => void save(prices.with(at, next))}
                  leave={() => setEditing(undefined)}
                />
              ) : (
                <PriceLine row={row} edit={() => setEditing(at)} remove={() => void save(prices.toSpliced(at, 1))} />
              )
            }
          />
          {error && <Failure error={error} />}
          {editing === prices.length ? (
            <PriceForm row={undefined} taken={prices} done={(row) => void save([...prices, row])} leave={() => setEditing(undefined)} />
          ) : (
            <Button icon="add" onClick={() => setEditing(prices.length)}>
              {l10n.t('Add a Price')}
            </Button>
          )}
        </>
      )}
    </Answer>
  );
}

function PriceLine({ row, edit, remove }: { row: PriceRow; edit(): void; remove(): void }): VNode {
  return (
    <div class="price-line">
      <code>{row.pattern}</code>
      <span class="figure">{l10n.t('{0} in, {1} out per million tokens', formatUsd(row.input), formatUsd(row.output))}</span>
      <IconButton icon="edit" label={l10n.t('Edit: {0}', row.pattern)} onClick={edit} />
      <IconButton icon="trash" label={l10n.t('Remove: {0}', row.pattern)} onClick={remove} />
    </div>
  );
}

interface PriceFormProps {
  /** `undefined`: a new one. */
  row: PriceRow | undefined;
  taken: readonly PriceRow[];
  done(row: PriceRow): void;
  leave(): void;
}

function PriceForm({ row, taken, done, leave }: PriceFormProps): VNode {
  const [draft, setDraft] = useState<PriceDraft>(() => priceDraft(row));
  const [tried, setTried] = useState(false);
  const problem = tried ? priceProblem(draft, taken) : undefined;
  const set = (change: Partial<PriceDraft>): void => setDraft({ ...draft, ...change });
  const submit = (): void => {
    setTried(true);
    const read = readPrice(draft, taken);
    if (read) done(read);
  };
  const field = (name: keyof PriceDraft, label: string, hint?: string): VNode => (
    <TextField
      label={label}
      hint={hint}
      value={draft[name]}
      error={problem?.field === name ? problem.message : undefined}
      focused={name === 'pattern'}
      placeholder={name === 'pattern' ? 'openai/gpt-*' : ''}
      onInput={(text) => set({ [name]: text })}
      onKeyDown={(event) => {
        if (event.key === 'Enter') submit();
        if (event.key === 'Escape') leave();
      }}
    />
  );
  return (
    <div class="price-form">
      {field('pattern', l10n.t('Models'), l10n.t('As prefix/model; * stands for anything.'))}
      {field('input', l10n.t('Input'), l10n.t('US dollars a million tokens.'))}
      {field('output', l10n.t('Output'))}
      {field('cacheRead', l10n.t('Read from the cache'), l10n.t('Empty: as input.'))}
      {field('cacheWrite', l10n.t('Written to the cache'), l10n.t('Empty: as input.'))}
      <FormButtons submit={submit} leave={leave} />
    </div>
  );
}

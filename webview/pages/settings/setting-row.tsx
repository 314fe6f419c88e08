import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { IconButton } from '../../ui/button.tsx';
import { Check, Select, TextField } from '../../ui/field.tsx';
import { Pill } from '../../ui/pill.tsx';
import type { NumberField, SettingField } from './fields.ts';
import { readNumber, readWords, same, shownNumber } from './values.ts';

interface SettingRowProps {
  field: SettingField;
  value: unknown;
  /** What it is when nobody has set it. */
  usual: unknown;
  restartNeeded: boolean;
  /** Saves it; `undefined`: its default. Gives what is against it. */
  change(value: unknown): Promise<string | undefined>;
}

/** One setting: saved when it is left or Enter is pressed, with what the gateway has against it below. */
export function SettingRow({ field, value, usual, restartNeeded, change }: SettingRowProps): VNode {
  const [problem, setProblem] = useState<string>();
  const save = async (next: unknown): Promise<void> => setProblem(await change(next));
  const isSet = !same(value, usual);
  return (
    <div class={isSet ? 'setting is-set' : 'setting'}>
      <Control field={field} value={value} problem={problem} say={setProblem} save={(next) => void save(next)} />
      <div class="setting-marks">
        {restartNeeded && (
          <Pill tone="info" icon="debug-restart">
            {l10n.t('after a restart')}
          </Pill>
        )}
        {isSet && <IconButton icon="discard" label={l10n.t('Reset: {0}', field.label)} onClick={() => void save(undefined)} />}
      </div>
    </div>
  );
}

interface ControlProps {
  field: SettingField;
  value: unknown;
  problem: string | undefined;
  say(problem: string | undefined): void;
  save(value: unknown): void;
}

function Control({ field, value, problem, say, save }: ControlProps): VNode {
  switch (field.kind) {
    case 'switch':
      return (
        <div>
          <Check label={field.label} checked={value === true} hint={field.hint} onChange={save} />
          {problem !== undefined && <p class="field-error">{problem}</p>}
        </div>
      );
    case 'choice':
      return (
        <Select
          label={field.label}
          value={typeof value === 'string' ? value : ''}
          options={field.options}
          hint={field.hint}
          error={problem}
          onChange={save}
        />
      );
    case 'number':
      return <NumberControl field={field} value={value} problem={problem} say={say} save={save} />;
    case 'words':
      return (
        <WordsControl
          label={field.label}
          hint={field.hint}
          placeholder={field.placeholder}
          value={Array.isArray(value) ? value.map(String) : []}
          problem={problem}
          save={save}
        />
      );
  }
}

function NumberControl({ field, value, problem, say, save }: ControlProps & { field: NumberField }): VNode {
  const shown = shownNumber(value, field);
  const [text, setText] = useTyped(shown);
  const commit = (typed: string): void => {
    const read = readNumber(typed, field);
    say(read.ok ? undefined : read.message);
    if (read.ok && read.value !== value) save(read.value);
  };
  return (
    <TextField
      type="number"
      label={field.unit === '' ? field.label : l10n.t('{0} ({1})', field.label, field.unit)}
      hint={field.hint}
      value={text}
      step="any"
      error={problem}
      onInput={setText}
      onCommit={commit}
    />
  );
}

interface WordsControlProps {
  label: string;
  hint: string;
  placeholder: string;
  value: readonly string[];
  problem: string | undefined;
  save(value: string[]): void;
}

/** A list of short words in one line, with commas. */
export function WordsControl({ label, hint, placeholder, value, problem, save }: WordsControlProps): VNode {
  const [text, setText] = useTyped(value.join(', '));
  return (
    <TextField
      label={label}
      hint={hint}
      placeholder={placeholder}
      value={text}
      error={problem}
      onInput={setText}
      onCommit={(typed) => save(readWords(typed))}
    />
  );
}

/** What is being typed, until what is shown becomes another. */
function useTyped(shown: string): [string, (text: string) => void] {
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  return [text, setText];
}

import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button, IconButton } from '../../ui/button.tsx';
import { moved } from '../../ui/drag-list/drop.ts';
import { DragList } from '../../ui/drag-list.tsx';
import { Select, TextArea, TextField } from '../../ui/field.tsx';
import { FormButtons } from './form-buttons.tsx';
import type { RuleDraft, RuleInput, RuleKind } from './rules.ts';

interface RuleListProps {
  kind: RuleKind;
  rules: readonly unknown[];
  /** Saves the whole list; gives what is against it. */
  save(rules: unknown[]): Promise<string | undefined>;
}

/** The rules of one kind, in their order; one is open at a time. */
export function RuleList({ kind, rules, save }: RuleListProps): VNode {
  const [open, setOpen] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const keep = async (next: unknown[]): Promise<void> => {
    const against = await save(next);
    setProblem(against);
    if (against === undefined) setOpen(undefined);
  };
  const form = (at: number): VNode => (
    <RuleForm
      kind={kind}
      first={kind.draft(rules[at])}
      done={(rule) => void keep(at < rules.length ? rules.with(at, rule) : [...rules, rule])}
      leave={() => setOpen(undefined)}
    />
  );
  return (
    <section class="rule-kind" aria-label={kind.title}>
      <h3>{kind.title}</h3>
      <p class="hint">{kind.about}</p>
      <DragList
        label={kind.title}
        items={rules}
        keyOf={(rule) => JSON.stringify(rule)}
        nameOf={kind.line}
        onMove={(from, to) => void keep(moved(rules, from, to))}
        draw={(rule, at) =>
          open === at ? (
            form(at)
          ) : (
            <RuleLine text={kind.line(rule)} edit={() => setOpen(at)} remove={() => void keep(rules.toSpliced(at, 1))} />
          )
        }
      />
      {problem !== undefined && <p class="field-error">{problem}</p>}
      {open === rules.length ? (
        form(rules.length)
      ) : (
        <Button icon="add" onClick={() => setOpen(rules.length)}>
          {kind.add}
        </Button>
      )}
    </section>
  );
}

function RuleLine({ text, edit, remove }: { text: string; edit(): void; remove(): void }): VNode {
  return (
    <div class="rule-line">
      <span class="rule-text">{text}</span>
      <IconButton icon="edit" label={l10n.t('Edit: {0}', text)} onClick={edit} />
      <IconButton icon="trash" label={l10n.t('Remove: {0}', text)} onClick={remove} />
    </div>
  );
}

interface RuleFormProps {
  kind: RuleKind;
  first: RuleDraft;
  done(rule: unknown): void;
  leave(): void;
}

function RuleForm({ kind, first, done, leave }: RuleFormProps): VNode {
  const [draft, setDraft] = useState(first);
  const [problem, setProblem] = useState<string>();
  const submit = (): void => {
    const read = kind.read(draft);
    if (read.ok) done(read.rule);
    else setProblem(read.message);
  };
  return (
    <div class="rule-form">
      {kind.inputs(draft).map((input) => (
        <Input key={input.id} input={input} value={draft[input.id] ?? ''} change={(text) => setDraft({ ...draft, [input.id]: text })} />
      ))}
      {problem !== undefined && <p class="field-error">{problem}</p>}
      <FormButtons submit={submit} leave={leave} />
    </div>
  );
}

function Input({ input, value, change }: { input: RuleInput; value: string; change(text: string): void }): VNode {
  const { label, hint, options, long } = input;
  if (options) return <Select label={label} hint={hint} value={value} options={options} onChange={change} />;
  if (long) return <TextArea label={label} hint={hint} value={value} onInput={change} />;
  return <TextField label={label} hint={hint} value={value} onInput={change} />;
}

import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { CopyRow } from '../../../src/editor/dashboard/contract/calls/settings.ts';
import { formatMoment } from '../../../src/editor/format/index.ts';
import { useCall, useTopic } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Answer } from '../../ui/states.tsx';
import { type Run, useRun } from '../../use-run.ts';

/** Copies that were made, and one file with everything. */
export function Backups(): VNode {
  const runNow = useRun();
  const asking = useCall('copies', {});
  useTopic('config', {}, asking.again);
  const run: Run = async (command, ref) => {
    await runNow(command, ref);
    asking.again();
  };
  return (
    <>
      <div class="form-buttons">
        <Button icon="cloud-download" onClick={() => void run('omniroute.exportBackup')}>
          {l10n.t('Export Everything…')}
        </Button>
        <Button icon="cloud-upload" onClick={() => void run('omniroute.importBackup')}>
          {l10n.t('Import…')}
        </Button>
        <Button icon="go-to-file" onClick={() => void run('omniroute.openConfig')}>
          {l10n.t('Open config.json')}
        </Button>
      </div>
      <Answer asking={asking} rows={3}>
        {(copies) =>
          copies.length === 0 ? (
            <p class="hint">{l10n.t('No copies yet: one is made each day on which something has changed.')}</p>
          ) : (
            <ul class="copies">
              {copies.map((copy) => (
                <CopyLine
                  key={copy.name}
                  copy={copy}
                  restore={() => void run('omniroute.restoreCopy', { kind: 'copy', copy: copy.name })}
                />
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  );
}

function CopyLine({ copy: { at, reason, problem }, restore }: { copy: CopyRow; restore(): void }): VNode {
  const when = formatMoment(at);
  return (
    <li class="copy">
      <span>{when}</span>
      <span class="copy-why">{reasonWord(reason)}</span>
      {problem === undefined ? (
        <Button title={l10n.t('Restore the copy of {0}', when)} onClick={restore}>
          {l10n.t('Restore…')}
        </Button>
      ) : (
        <Pill tone="warning" icon="warning" title={problem}>
          {l10n.t('broken')}
        </Pill>
      )}
    </li>
  );
}

function reasonWord(reason: CopyRow['reason']): string {
  switch (reason) {
    case 'daily':
      return l10n.t('copy of the day');
    case 'manual':
      return l10n.t('made by hand');
    case 'before-restore':
      return l10n.t('before a restore');
    case 'before-import':
      return l10n.t('before an import');
  }
}

import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { formatMoment, formatMs } from '../../../src/editor/format/index.ts';
import type { LogLine } from '../../../src/log/log-line.ts';
import { useApp } from '../../app.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Marked } from '../../ui/marked.tsx';
import { useCopy } from '../../use-copy.ts';
import { AttemptOutcome, Level, proxyWords } from './columns.tsx';
import { changeText, lineText } from './line-text.ts';
import { actionWords, whoWords } from './words.ts';

interface DetailProps {
  line: LogLine;
  search: string;
  onClose(): void;
}

/** All of one line. */
export function Detail({ line, search, onClose }: DetailProps): VNode {
  const { go } = useApp();
  const copy = useCopy();
  const { requestId, message, attempt, audit, fields } = line;
  return (
    <section class="log-detail" aria-label={l10n.t('Line')}>
      <header class="log-detail-head">
        <h2>{formatMoment(Date.parse(line.time))}</h2>
        {attempt ? <AttemptOutcome line={line} /> : !audit && <Level line={line} />}
        <div class="actions">
          {requestId !== undefined && (
            <Button icon="list-flat" onClick={() => go({ page: 'requests', item: requestId })}>
              {l10n.t('Show Request')}
            </Button>
          )}
          <Button icon="copy" onClick={() => void copy(lineText(line))}>
            {l10n.t('Copy Line')}
          </Button>
          <IconButton icon="close" label={l10n.t('Close')} onClick={onClose} />
        </div>
      </header>
      {!attempt && !audit && (
        <pre class="log-text">
          <Marked text={message} search={search} />
        </pre>
      )}
      {attempt && <Attempt line={line} />}
      {audit && <Audit audit={audit} />}
      {fields && Object.keys(fields).length > 0 && (
        <pre class="log-text">
          <Marked text={JSON.stringify(fields, null, 2)} search={search} />
        </pre>
      )}
    </section>
  );
}

function Attempt({ line }: { line: LogLine }): VNode | null {
  const { attempt, requestId } = line;
  if (!attempt) return null;
  return (
    <Facts>
      <Fact name={l10n.t('Model')}>{attempt.target}</Fact>
      <Fact name={l10n.t('Account')}>{attempt.account}</Fact>
      <Fact name={l10n.t('Provider')}>{attempt.provider}</Fact>
      <Fact name={l10n.t('Proxy')}>{proxyWords(line)}</Fact>
      <Fact name={l10n.t('Took')}>{formatMs(attempt.ms)}</Fact>
      <Fact name={l10n.t('Request')}>{requestId}</Fact>
    </Facts>
  );
}

function Audit({ audit: { who, what, subject, changes } }: { audit: NonNullable<LogLine['audit']> }): VNode {
  return (
    <>
      <Facts>
        <Fact name={l10n.t('What')}>{actionWords(what)}</Fact>
        <Fact name={l10n.t('Subject')}>{subject}</Fact>
        <Fact name={l10n.t('Who')}>{whoWords(who)}</Fact>
      </Facts>
      {changes.length > 0 && (
        <>
          <h3>{l10n.t('Changes')}</h3>
          <Facts>
            {changes.map((change) => (
              <Fact key={change.field} name={change.field}>
                {changeText(change)}
              </Fact>
            ))}
          </Facts>
        </>
      )}
    </>
  );
}

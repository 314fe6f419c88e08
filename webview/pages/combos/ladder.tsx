import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Explained } from '../../../src/editor/admin/api.ts';
import { formatMs } from '../../../src/editor/format/index.ts';
import { blockIcon } from '../../../src/editor/views/block-words.ts';
import { failureWord, strategySentence, tierWord } from '../../../src/editor/views/words.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneOf } from '../../ui/node-tone.ts';
import { Pill } from '../../ui/pill.tsx';
import { type Rung, rungsOf, sharedReasons } from './what-if.ts';

/** Patterns can stand for hundreds; nobody reads on from here. */
const MOST = 40;

/** A plan as a ladder: who is asked in which order and why, who is passed over, and within which bounds. `other`: what it is compared with. */
export function Ladder({ plan, other }: { plan: Explained; other?: Explained }): VNode {
  const rungs = rungsOf(plan, other);
  const { requested, resolved, combo, skipped } = plan;
  return (
    <div class="ladder">
      {requested !== resolved && resolved !== '' && <p class="quiet">{l10n.t('"{0}" leads to "{1}".', requested, resolved)}</p>}
      {combo && <p class="quiet">{strategySentence(combo.strategy)}</p>}
      {sharedReasons(plan).map((reason) => (
        <p class="quiet" key={reason}>
          {reason}
        </p>
      ))}
      {rungs.length === 0 ? (
        <p>
          <Icon name="error" class="tone-bad" /> {l10n.t('Nobody can be asked.')}
        </p>
      ) : (
        <ol class="rungs">
          {rungs.slice(0, MOST).map((rung) => (
            <RungLine key={rung.step.position} rung={rung} compared={other !== undefined} />
          ))}
        </ol>
      )}
      {rungs.length > MOST && <p class="quiet">{l10n.t('and {0} more', rungs.length - MOST)}</p>}
      {skipped.length > 0 && <Skipped skipped={skipped} />}
      <Bounds bounds={plan.bounds} />
    </div>
  );
}

function RungLine({ rung: { step, why, was, reached }, compared }: { rung: Rung; compared: boolean }): VNode {
  const { position, target, account, tier } = step;
  return (
    <li class={reached ? 'rung' : 'rung unreached'}>
      <span class="rung-place figure">{position}</span>
      <div>
        <strong>{target}</strong> {compared && <Shift was={was} position={position} />}
        <p class="quiet">{l10n.t('account "{0}" · {1}', account, tierWord(tier))}</p>
        {why.map((reason) => (
          <p class="rung-why" key={reason}>
            {reason}
          </p>
        ))}
        {!reached && <p class="quiet">{l10n.t('only if there were more attempts')}</p>}
      </div>
    </li>
  );
}

/** How a step stands to where it is now. */
function Shift({ was, position }: { was: number | undefined; position: number }): VNode | null {
  if (was === position) return null;
  if (was === undefined) {
    return (
      <Pill tone="info" icon="add">
        {l10n.t('new')}
      </Pill>
    );
  }
  return (
    <Pill tone="info" icon={was > position ? 'arrow-up' : 'arrow-down'}>
      {l10n.t('was {0}', was)}
    </Pill>
  );
}

function Skipped({ skipped }: { skipped: Explained['skipped'] }): VNode {
  return (
    <>
      <h4>{l10n.t('Passed over')}</h4>
      <ul class="rungs">
        {skipped.slice(0, MOST).map((skip) => (
          <SkipLine key={`${skip.target} ${skip.account}`} skip={skip} />
        ))}
      </ul>
      {skipped.length > MOST && <p class="quiet">{l10n.t('and {0} more', skipped.length - MOST)}</p>}
    </>
  );
}

function SkipLine({ skip: { target, account, reason, scope, detail, until } }: { skip: Explained['skipped'][number] }): VNode {
  const icon = blockIcon({ reason, scope, detail });
  const end = until === undefined ? Number.NaN : Date.parse(until);
  return (
    <li class="rung skipped">
      <span class={`tone-${toneOf(icon)}`}>
        <Icon name={icon.id} />
      </span>
      <div>
        <span>{target}</span>
        <p class="quiet">{l10n.t('account "{0}"', account)}</p>
        <p class="rung-why">
          {detail}{' '}
          {Number.isFinite(end) && (
            <span>
              <Icon name="clock" /> <Countdown until={end} />
            </span>
          )}
        </p>
      </div>
    </li>
  );
}

function Bounds({ bounds: { maxAttempts, deadlineMs, fallbackOn } }: Pick<Explained, 'bounds'>): VNode {
  return (
    <div class="ladder-bounds quiet">
      <p>{maxAttempts === 1 ? l10n.t('One attempt.') : l10n.t('At most {0} attempts.', maxAttempts)}</p>
      {deadlineMs !== undefined && <p>{l10n.t('An answer must begin within {0}.', formatMs(deadlineMs))}</p>}
      <p>{l10n.t('The next one is asked after: {0}.', fallbackOn.map(failureWord).join(', '))}</p>
    </div>
  );
}

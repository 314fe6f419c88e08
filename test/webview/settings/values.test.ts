import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { settingsSchema } from '../../../src/config/settings.ts';
import { fieldGroups } from '../../../webview/pages/settings/field-groups.ts';
import type { NumberField } from '../../../webview/pages/settings/fields.ts';
import { patchAt, readNumber, readWords, shownNumber, valueAt } from '../../../webview/pages/settings/values.ts';

const fields = fieldGroups().flatMap((group) => group.fields);
const defaults = settingsSchema.parse({});

/** Every path of the settings that leads to one value. */
function leaves(tree: object, path: string[] = []): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? leaves(value, [...path, name]) : [[...path, name].join('.')],
  );
}

describe('the fields of the settings', () => {
  it('are all settings there are but the rules, each once', () => {
    const paths = fields.map(({ path }) => path.join('.'));
    expect(paths.toSorted()).toEqual(
      leaves(defaults)
        .filter((path) => !path.startsWith('rules.'))
        .toSorted(),
    );
  });

  it('have the bounds that the config has', () => {
    for (const field of fields.filter((entry): entry is NumberField => entry.kind === 'number')) {
      const takes = (value: number): boolean => configSchema.safeParse({ version: 1, settings: patchAt(field.path, value) }).success;
      const name = field.path.join('.');
      expect([name, takes(field.min), takes(field.min - 1)]).toEqual([name, true, false]);
      expect([name, takes(field.max)]).toEqual([name, true]);
    }
  });

  it('show their default in their unit, and read it back the same', () => {
    for (const field of fields.filter((entry): entry is NumberField => entry.kind === 'number')) {
      const value = valueAt(defaults, field.path);
      expect(readNumber(shownNumber(value, field), field)).toEqual({ ok: true, value });
    }
  });
});

describe('what is typed', () => {
  const field = fields.find(({ path }) => path.join('.') === 'timeouts.connectMs') as NumberField;

  it('is a number of the unit, with a comma or a point', () => {
    expect(readNumber('2.5', field)).toEqual({ ok: true, value: 2500 });
    expect(readNumber(' 2,5 ', field)).toEqual({ ok: true, value: 2500 });
  });

  it.each(['', 'ten', '0', '-1', '1e12'])('is not taken: %j', (text) => {
    expect(readNumber(text, field).ok).toBe(false);
  });

  it('is a list of words, each once', () => {
    expect(readWords(' a, b\na,, c ')).toEqual(['a', 'b', 'c']);
    expect(readWords('  ')).toEqual([]);
  });
});

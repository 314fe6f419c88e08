import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { readTurn } from '../../../src/editor/language-model/parts.ts';
import { estimateText, estimateTurn } from '../../../src/editor/language-model/token-estimate.ts';

const ROOT = join(import.meta.dirname, '../../..');
const file = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const TEXTS: [string, string][] = [
  ['English prose', file('docs/admin-api.md')],
  ['TypeScript', file('src/gateway/chat.ts')],
  ['JSON', file('package.json')],
  ['tests', file('test/sdk/chat.ts')],
  [
    'Spanish',
    'El proveedor rechazó la clave: compruebe que está completa y que su cuenta sigue activa antes de volver a intentarlo. '.repeat(9),
  ],
  ['German', 'Der Anbieter hat den Schlüssel abgelehnt; prüfen Sie, ob er vollständig ist, bevor Sie es noch einmal versuchen. '.repeat(9)],
  ['Russian', 'Поставщик отклонил ключ: проверьте, что он введён полностью, прежде чем попробовать ещё раз. '.repeat(9)],
  ['Chinese', '提供商拒绝了该密钥：请在重试之前检查其是否完整，以及您的帐户是否仍然有效。'.repeat(9)],
  ['Japanese', 'プロバイダーがキーを拒否しました。もう一度試す前に、キーが完全であることを確認してください。'.repeat(9)],
  ['base64', Buffer.from(file('src/gateway/chat.ts')).toString('base64')],
];

describe('the estimate of tokens', () => {
  it.each(TEXTS)('of %s is not below the count by more than a tenth, nor far above it', (_what, text) => {
    const ratio = estimateText(text) / countTokens(text);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.7);
  });

  it('takes the parts of a message in both forms in which VS Code hands it over', () => {
    const instances = { role: 1, content: [{ value: 'Hello there' }, { callId: 'c', content: [{ value: 'A result' }] }] };
    const wire = {
      role: 1,
      content: [
        { type: 'text', value: 'Hello there' },
        { type: 'tool_result', toolCallId: 'c', value: [{ type: 'text', value: 'A result' }] },
      ],
    };
    expect(estimateTurn(readTurn(wire))).toBe(estimateTurn(readTurn(instances)));
    expect(estimateTurn(readTurn(wire))).toBeGreaterThan(8);
    const image = { role: 1, content: [{ type: 'image_url', value: { mimeType: 'image/png', data: { buffer: new Uint8Array(9) } } }] };
    expect(estimateTurn(readTurn(image))).toBeGreaterThan(1000);
  });

  it('blocks nobody: a megabyte in some milliseconds', () => {
    const text = 'const value = compute(1, 2);\n'.repeat(36_000);
    const times = Array.from({ length: 8 }, () => {
      const began = performance.now();
      estimateText(text);
      return performance.now() - began;
    });
    // The best of them: what else the machine does is not the estimate's.
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

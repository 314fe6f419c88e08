import type { QuotaReader } from '../../../providers/provider.ts';
import type { QuotaReading } from '../types.ts';
import { readBalance } from './balance.ts';
import { readCrof } from './crof.ts';
import { readDeepseek } from './deepseek.ts';
import { readKimiCode } from './kimi-code.ts';
import { readMinimax } from './minimax.ts';
import { readNanogpt } from './nanogpt.ts';
import { readOpencodeGo } from './opencode-go.ts';
import { readOpenrouter } from './openrouter.ts';
import { readZai } from './zai.ts';

/** What a quota endpoint's body says, whatever it is: fields that are missing or of another type make fewer windows, never an error. */
export function readQuotaBody(reader: QuotaReader, body: unknown, now: number): QuotaReading {
  switch (reader.form) {
    case 'balance':
      return readBalance(body, reader);
    case 'deepseek':
      return readDeepseek(body);
    case 'openrouter':
      return readOpenrouter(body, now);
    case 'zai':
      return readZai(body, now);
    case 'minimax':
      return readMinimax(body, now, reader);
    case 'kimi-code':
      return readKimiCode(body, now);
    case 'opencode-go':
      return readOpencodeGo(body, now);
    case 'nanogpt':
      return readNanogpt(body, now);
    case 'crof':
      return readCrof(body);
  }
}

import { runMatrix } from './matrix.ts';

runMatrix('anthropic-messages');

import { runMatrix } from './matrix.ts';

runMatrix('gemini');

import { runMatrix } from './matrix.ts';

runMatrix('openai-chat');

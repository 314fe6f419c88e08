import { subcommands } from '../subcommands.ts';
import { list } from './list.ts';
import { make } from './new.ts';
import { remove } from './remove.ts';
import { rotate } from './rotate.ts';

/** `omniroute key …`: the keys tools use towards the gateway. */
export const key = subcommands('key', { new: make, rotate, list, remove });

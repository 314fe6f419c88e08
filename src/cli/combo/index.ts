import { subcommands } from '../subcommands.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { set } from './set.ts';
import { disable, enable } from './switch.ts';

/** `omniroute combo …`: names that stand for several models. */
export const combo = subcommands('combo', { set, list, enable, disable, rename, remove });

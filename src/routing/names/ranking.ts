import type { PlanInput } from '../plan.ts';
import { strategies } from '../strategies/index.ts';
import type { Target } from '../target.ts';
import { type Candidate, type Group, isGroup, isReady } from './group.ts';

/** A candidate at its place, and the groups that put it there, outermost first. */
export interface Ranked {
  candidate: Candidate;
  via: readonly string[];
}

export interface Ranking {
  ranked: readonly Ranked[];
  /** The groups whose strategy chose the first target that may be asked. */
  turns: readonly string[];
}

interface Place extends Ranking {
  lead: Target | undefined;
}

/** Candidates of a group in the order of its strategy and those of the groups within, each once: the first place wins. */
export function ranking(group: Group, input: PlanInput, made = new Map<Group, Ranking>()): Ranking {
  const known = made.get(group);
  if (known) return known;
  const places = group.ranks.flatMap((rank) => arranged(group, rank, input, made));
  const result = { ranked: unique(places, group.label), turns: turnsOf(group, places) };
  made.set(group, result);
  return result;
}

function arranged(group: Group, rank: readonly (Group | Candidate)[], input: PlanInput, made: Map<Group, Ranking>): Place[] {
  const places = rank.map((node) => placeOf(node, input, made));
  const ready = places.flatMap((place) => (place.lead ? [{ place, lead: place.lead }] : []));
  const order = strategies[group.strategy](ready, { facts: input.facts, needs: input.needs, group: group.name });
  return [...order.map(({ place }) => place), ...places.filter(({ lead }) => !lead)];
}

function placeOf(node: Group | Candidate, input: PlanInput, made: Map<Group, Ranking>): Place {
  if (!isGroup(node)) return { ranked: [{ candidate: node, via: [] }], turns: [], lead: isReady(node) ? node.target : undefined };
  const inner = ranking(node, input, made);
  return { ...inner, lead: inner.ranked.find(({ candidate }) => isReady(candidate))?.candidate.target };
}

function unique(places: readonly Place[], label: string | undefined): Ranked[] {
  const found = new Map<Candidate, Ranked>();
  for (const { ranked } of places) {
    for (const entry of ranked) {
      if (found.has(entry.candidate)) continue;
      found.set(entry.candidate, label === undefined ? entry : { candidate: entry.candidate, via: [label, ...entry.via] });
    }
  }
  return [...found.values()];
}

/**
 * A group's turn counts only when it led: were a group counted while another one is first, two circles within each other would turn in
 * step, and half of the inner one would never be first.
 */
function turnsOf(group: Group, places: readonly Place[]): string[] {
  const first = places.find(({ lead }) => lead);
  if (!first) return [];
  return [...(places.length > 1 ? [group.name] : []), ...first.turns];
}

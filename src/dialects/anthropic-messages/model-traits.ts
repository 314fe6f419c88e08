import type { ReasoningEffort } from '../../conversation/request.ts';

/** How thinking is turned off: by leaving the field out, by naming a type, or not at all. */
export type ThinkingOff = 'omit' | 'disabled' | 'between_tools' | 'never';

/** What a Claude model takes. Other vendors' models behind this dialect have none of these limits that we know of. */
export interface ModelTraits {
  /** One of Anthropic's own models. */
  claude: boolean;
  /** The most output tokens; absent where the vendor lists none that we could verify. */
  maxOutput?: number;
  thinking: 'none' | 'budget' | 'both' | 'adaptive';
  thinkingOff: ThinkingOff;
  /** temperature, top_p and top_k are all refused. */
  refusesSampling: boolean;
  /** temperature together with top_p is refused. */
  oneOfTemperatureTopP: boolean;
  efforts: readonly ReasoningEffort[];
  prefill: boolean;
  forcedToolChoice: boolean;
  /** `role: "system"` inside `messages`. */
  systemTurns: boolean;
  structuredOutput: boolean;
  /** Thinking blocks of another model are refused instead of ignored. */
  bindsThinking: boolean;
}

const UNKNOWN: ModelTraits = {
  claude: false,
  thinking: 'budget',
  thinkingOff: 'disabled',
  refusesSampling: false,
  oneOfTemperatureTopP: false,
  efforts: [],
  prefill: true,
  forcedToolChoice: true,
  systemTurns: false,
  structuredOutput: false,
  bindsThinking: false,
};

interface Version {
  family: 'opus' | 'sonnet' | 'haiku' | 'fable' | 'mythos';
  /** Major and minor as one number: 4.10 sorts after 4.9. */
  at: number;
}

const NEW_NAME = /(opus|sonnet|haiku|fable|mythos)[-. ]?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/;
const OLD_NAME = /claude-(\d)(?:[-.](\d))?-(opus|sonnet|haiku|fable|mythos)/;

/** Family and version of a Claude model, in any vendor's spelling: `claude-opus-4-6`, `claude-3-7-sonnet-…`, `us.anthropic.claude-opus-4-6-v1`. */
function versionOf(model: string): Version | undefined {
  const name = model.toLowerCase();
  if (!/claude|anthropic/.test(name)) return undefined;
  const old = OLD_NAME.exec(name);
  if (old) return versioned(old[3], old[1], old[2]);
  const recent = NEW_NAME.exec(name);
  if (recent) return versioned(recent[1], recent[2], recent[3]);
  // An alias without a number (`claude-opus-latest`, `claude-mythos-preview`) is the newest there is.
  const [family] = /opus|sonnet|haiku|fable|mythos/.exec(name) ?? [];
  return family === undefined ? undefined : versioned(family, '5', '5');
}

function versioned(family: string | undefined, major: string | undefined, minor: string | undefined): Version {
  return { family: (family ?? 'sonnet') as Version['family'], at: Number(major) * 100 + Number(minor ?? 0) };
}

/**
 * What this model takes, from its name: the API has no way to ask within a request.
 *
 * Sources: Anthropic's model pages, "What's new in Claude Sonnet 5.5" and its migration guides; AWS "Adaptive thinking" for the
 * models that refuse budgets; the vendor's 400 texts ("thinking.type.enabled is not supported for this model").
 */
export function traitsOf(model: string): ModelTraits {
  const version = versionOf(model);
  if (!version) return UNKNOWN;
  const { family, at } = version;
  const always = family === 'fable' || family === 'mythos';
  const adaptiveOnly = always || at >= (family === 'opus' ? 407 : 500);
  const adaptive = adaptiveOnly || (family !== 'haiku' && at >= 406);
  const maxOutput = maxOutputOf(version);
  return {
    claude: true,
    ...(maxOutput === undefined ? {} : { maxOutput }),
    thinking: adaptiveOnly ? 'adaptive' : adaptive ? 'both' : at >= 307 ? 'budget' : 'none',
    thinkingOff: thinkingOffOf(version),
    refusesSampling: adaptiveOnly,
    oneOfTemperatureTopP: at >= 405 || (family === 'opus' && at >= 401),
    efforts: effortsOf(adaptive, adaptiveOnly),
    prefill: !adaptive,
    forcedToolChoice: !(at >= 505 || (always && at >= 501)),
    systemTurns: always || at >= (family === 'opus' ? 408 : 505),
    structuredOutput: always || at >= 405 || (family === 'opus' && at >= 401),
    bindsThinking: at >= 501,
  };
}

function effortsOf(adaptive: boolean, adaptiveOnly: boolean): readonly ReasoningEffort[] {
  if (!adaptive) return [];
  return adaptiveOnly ? ['low', 'medium', 'high', 'xhigh', 'max'] : ['low', 'medium', 'high', 'max'];
}

function maxOutputOf({ family, at }: Version): number | undefined {
  if (at < 305) return 4096;
  if (at < 307) return 8192;
  if (family === 'opus' && at >= 400 && at <= 401) return 32_000;
  return at < 406 ? 64_000 : undefined;
}

function thinkingOffOf({ family, at }: Version): ThinkingOff {
  if (family === 'fable' || family === 'mythos') return 'never';
  if (family === 'opus' && at >= 505) return 'never';
  if (family === 'sonnet' && at >= 505) return 'between_tools';
  // From 5 on thinking is on by default; before, leaving the field out is off (and opus-4-7 refuses "disabled").
  return at >= 500 ? 'disabled' : 'omit';
}

/** One kind of text that speaks to an AI instead of informing it. */
export interface Phrase {
  /** For people: what it is. Several phrases may be of one kind, which counts once. */
  what: string;
  points: number;
  /** How it begins, in lower case: found by plain search, so that ordinary text costs next to nothing. */
  anchors: readonly string[];
  /** Tried at each anchor, on lower-case text. Repetitions are bounded and their alphabets disjoint, so it never runs long. */
  at: RegExp;
}

/** Between two words: spaces, line breaks with the marks of a comment or quotation, punctuation, emphasis. */
const GAP = '[\\s*_~#>/,:-]{1,6}';
const DETERMINER = '(?:all|any|each|every|everything|of|the|your|my|our|these|those|this|that|and|other|completely|entirely|now)';
const EARLIER = '(?:previous|prior|preceding|above|earlier|former|existing|original|initial|past)';
const PEOPLE = '(?:system|user|safety|developer)';
const ORDERS = '(?:instructions?|prompts?|directives?|guidelines|programming|training)';
const TOLD = '(?:rules|messages?|context|conversation|commands|directions|orders)';
const MODEL = '(?:ai|ai (?:assistant|agent|model)|llm|assistant|agent|(?:large )?language model|chatbot|chatgpt|claude|copilot|gemini)s?';

const IGNORE = 'an order to set aside what was said before';

/**
 * The kinds and wordings are those of the published catalogues of indirect prompt injection (OWASP LLM01:2025; Greshake et al. 2023, "Not
 * what you've signed up for"; Invariant Labs 2025 on poisoned tools). Points come from measuring ordinary code and documentation.
 */
export const PHRASES: readonly Phrase[] = [
  {
    what: IGNORE,
    points: 4,
    anchors: ['ignor', 'disregard', 'forget', 'override', 'bypass'],
    at: new RegExp(
      `(?:ignore|disregard|forget|override|bypass)(?:${GAP}${DETERMINER}\\b){0,4}${GAP}(?:${EARLIER}(?:${GAP}${PEOPLE}\\b)?|(?:system|safety))${GAP}${ORDERS}\\b`,
      'y',
    ),
  },
  {
    what: IGNORE,
    points: 2,
    anchors: ['ignor', 'disregard', 'forget'],
    at: new RegExp(
      `(?:ignore|disregard|forget)(?:${GAP}(?:all|any|of|the|your)\\b){0,3}${GAP}(?:(?:previous|prior|preceding|above|earlier)${GAP}${TOLD}\\b|everything${GAP}(?:above|before|you (?:were|have been) told)\\b|instructions?${GAP}(?:above|before)\\b)`,
      'y',
    ),
  },
  {
    what: IGNORE,
    points: 4,
    anchors: ['ignor', '忽略', '无视', '指示を', 'игнорируй'],
    at: /ignoriere\s{1,3}(?:alle?\s{1,3})?(?:(?:deine|die)\s{1,3})?(?:vorherigen|bisherigen|obigen|früheren)\s{1,3}(?:anweisungen|befehle)|ignora\s{1,3}(?:todas\s{1,3})?(?:(?:las|tus)\s{1,3})?instrucciones\s{1,3}(?:anteriores|previas)|ignorez\s{1,3}(?:toutes\s{1,3})?(?:les|vos)\s{1,3}(?:instructions|consignes)\s{1,3}précédentes|(?:忽略|无视)(?:所有|一切|你)?(?:之前|以上|先前|上述|前面)的?(?:所有|一切)?(?:指令|指示|提示)|指示を(?:すべて)?無視|игнорируй\s{1,3}(?:все\s{1,3})?(?:предыдущие|прошлые)\s{1,3}(?:инструкции|указания)/y,
  },
  {
    what: 'a new identity for the assistant',
    points: 2,
    anchors: ['you are now ', 'from now on'],
    at: new RegExp(
      `(?:you are now|from now on,? you(?: are| will be| must be))(?: in)? (?:(?:a|an|the|my) )?(?:[a-z]{1,16} ){0,2}(?:${MODEL}|dan|jailbroken|unrestricted|unfiltered|developer mode|god mode|root)\\b`,
      'y',
    ),
  },
  {
    what: 'an order to keep something from the user',
    points: 2,
    anchors: ['do not ', "don't ", 'never ', 'without '],
    at: /(?:(?:do not|don't|never) (?:tell|inform|mention|reveal|notify|alert|disclose|report)(?: this| it| that| any of this| anything)?(?: to)?|without (?:telling|informing|notifying|alerting|asking)) (?:the|this) (?:user|human)\b/y,
  },
  {
    what: 'an order to give the system prompt away',
    points: 3,
    anchors: ['reveal', 'repeat ', 'print ', 'output '],
    at: /(?:reveal|repeat|print|output)(?: me| us| out)? (?:your|the)(?: (?:full|entire|complete|hidden|secret|initial|exact)){0,2} (?:system (?:prompt|message|instructions)|(?:hidden|secret|initial|original) (?:prompt|instructions)|instructions above)\b/y,
  },
  {
    what: 'words addressed to an AI',
    points: 1,
    anchors: [
      'if you are ',
      'note to ',
      'note for ',
      'attention',
      'instructions for ',
      'instructions to ',
      'message to ',
      'message for ',
      'dear ',
    ],
    at: new RegExp(`(?:if you are|note to|instructions for)[\\s,:]{1,3}(?:(?:the|any|all|an?) ){0,2}${MODEL}\\b`, 'y'),
  },
  {
    what: 'a tag that poses as urgent instructions',
    points: 1,
    anchors: ['<important>', '<s', 'new instructions', 'system '],
    at: /<(?:important|system|system_prompt)>|(?:new instructions|system (?:override|update))\s{0,2}:/y,
  },
  {
    what: 'a mark of a chat template that poses as another role',
    points: 2,
    anchors: ['<|', '[inst]', '<<', '### system:', '<s'],
    at: /<\|(?:im_start|start_header_id)\|>\s{0,2}(?:system|user|assistant)|<\|system\|>|\[inst\]|<{2}sys>{2}|### system:|<start_of_turn>/y,
  },
  {
    what: 'a picture whose address would carry data away',
    points: 3,
    anchors: ['!['],
    at: /!\[[^\]\n]{0,80}\]\(https?:\/\/[^\s)?]{1,200}\?[^\s)=]{1,40}=(?:[{<[$]|%7b|%5b|(?:your|the|user)[_-]|(?:conversation|history|secrets?|password|api_?key)\b)/y,
  },
  {
    what: 'an order to send secrets away',
    points: 2,
    anchors: ['exfiltrate ', 'send ', 'post ', 'upload '],
    at: /(?:exfiltrate|send|post|upload) (?:(?:all|the|your|any|user'?s?|contents?|of|file|full|entire) ){0,6}[~./\w]{0,30}(?:\.env|id_rsa|private keys?|ssh keys?|aws\/credentials|environment variables|conversation|chat history|secrets|credentials|api keys|passwords)\b[^\n]{0,60}(?:https?:\/\/|\w@\w)/y,
  },
  {
    what: 'an order to run a script from the network',
    points: 2,
    anchors: ['you must ', 'silently ', 'immediately ', 'before you '],
    at: /(?:you must|silently|immediately|before you)[^\n|]{0,60}(?:curl|wget) [^\n|]{1,120}\| ?(?:sudo )?(?:ba|z)?sh\b/y,
  },
];

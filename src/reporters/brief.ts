/** A brief as text: short, in savy's own words, the customer's words as quotations. Pure. */
import { inert } from './inert.js';
import { visible } from './width.js';

type Words = Readonly<Record<string, string>>;

/** What is told; the shape of a brief. */
type Told = Readonly<{
  lang: string;
  channel: string;
  address?: string;
  customer?: string;
  agent?: string;
  intent: string;
  moods: readonly string[];
  happened?: string;
  questions: readonly string[];
  take_up: readonly string[];
  must: readonly string[];
  avoid: readonly string[];
  draft?: Readonly<{ gradeText: string; broken: readonly Readonly<{ rule: string; message: string }>[] }>;
}>;

/** Nobody reads more; the dearest rules that were broken come first. */
const LINES_MAX = 25;

export function briefReport(brief: Told, words: Words): string {
  const say = (key: string, slots: Readonly<Record<string, string>> = {}): string => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
  const quoted = (text: string): string => (words['quotation'] ?? '“{text}”').replace('{text}', () => text);
  const theirs = brief.happened !== undefined || brief.questions.length > 0 || brief.take_up.length > 0;
  const named = (key: string, name: string | undefined): string => (name === undefined ? say(`${key}.plain`) : say(key, { name }));
  const must = brief.must.map((m) => (m === 'greet' ? named('brief.must.greet', brief.customer) : m === 'sign' ? named('brief.must.sign', brief.agent) : say(`brief.must.${m}`)));
  const list = (items: readonly string[]): string[] => items.map((item) => `  - ${item}`);
  const { draft } = brief;
  const avoid = `${say('brief.avoid')} ${brief.avoid.map((a) => say(`brief.avoid.${a}`)).join('; ')}.`;
  const lines = [
    say('brief.title'),
    [say('brief.frame', { channel: say(`channel.${brief.channel}`), lang: say(`lang.${brief.lang}`) }), ...(brief.address === undefined ? [] : [say(`brief.address.${brief.address}`)])].join(' '),
    say('brief.message', { what: [say(`brief.intent.${brief.intent}`), ...brief.moods.map((m) => say(`brief.mood.${m}`))].join(', ') }),
    ...(brief.happened === undefined ? [] : [say('brief.happened', { quote: quoted(brief.happened) })]),
    ...(brief.questions.length === 0 ? [] : [say('brief.questions'), ...list(brief.questions.map(quoted))]),
    ...(brief.take_up.length === 0 ? [] : [say('brief.take_up', { words: brief.take_up.map(quoted).join(', ') })]),
    say('brief.must'),
    ...list(must),
    avoid,
  ];
  const data = theirs ? [say('brief.data')] : [];
  const room = LINES_MAX - lines.length - data.length - 1;
  const told = draft === undefined ? [] : draft.broken.length === 0 ? [say('brief.clean', { grade: draft.gradeText })] : [say('brief.broken', { grade: draft.gradeText }), ...list(draft.broken.slice(0, room).map((b) => `${b.rule}: ${b.message}`))];
  return inert(`${[...lines, ...told, ...data].map(visible).join('\n')}\n`);
}

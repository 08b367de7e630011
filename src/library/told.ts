/** What was found between replies → a finding in words, as rules have them. */
import type { Engine } from '../engine.js';
import type { LintOptions } from '../lint.js';
import type { Rule } from '../rules/types.js';
import { fill, type Slots, withoutSlots } from '../slots.js';
import { Lines } from '../text/edits.js';
import { withoutStop } from '../text/stop.js';
import type { Finding } from '../types.js';
import type { Found, Reply } from './between.js';

const UI_DEFAULT = 'en';
const QUOTE_MAX = 120;
const KEYS_MAX = 5;

function quoted(text: string): string {
  const plain = withoutStop(text.replace(/\s+/g, ' ').trim());
  return plain.length <= QUOTE_MAX ? plain : `${plain.slice(0, QUOTE_MAX - 1)}…`;
}

export function told(rule: Rule, found: Found, reply: Reply, engine: Engine, options: LintOptions): Finding {
  const { entry, traits } = reply;
  const lang = entry.lang ?? traits?.lang ?? UI_DEFAULT;
  const ui = options.ui ?? (Object.hasOwn(rule.message, lang) ? lang : UI_DEFAULT);
  const words = engine.words(ui);
  const marked = (text: string): string => (words['quotation'] ?? '“{text}”').replace('{text}', () => text);
  const quotes = found.quotes.map(quoted);
  const languages = (found.languages ?? []).map((l) => words[`lang.${l}`] ?? l);
  const names = [...new Set(found.keys ?? [])];
  const keys = names.slice(0, KEYS_MAX).map(marked).join(', ') + (names.length > KEYS_MAX ? ', …' : '');
  const slots: Slots = { quotes: quotes.map(marked).join(', '), keys, count: String(found.count ?? 1), what: languages.length > 0 ? languages.join(', ') : quotes.map(marked).join(', ') };
  const setting = options.rules?.[rule.id];
  const level = setting?.level === 'off' ? undefined : setting?.level;
  const [start, end] = found.range;
  return {
    rule: rule.id,
    level: level ?? rule.level,
    start,
    end,
    ...new Lines(entry.reply).at(start),
    message: fill([rule.message[ui] ?? '', withoutSlots(rule.message[ui] ?? '')], slots) ?? rule.id,
    why: rule.why[ui] ?? '',
    evidence: [...new Set([...quotes, ...found.related.map((r) => quoted(r.text))])].slice(0, 8),
    confidence: rule.confidence ?? 'certain',
    cost: setting?.points ?? rule.points.email,
    fixes: rule.fixes.map((f) => ({ title: fill([f.title[ui] ?? ''], slots) ?? withoutSlots(f.title[ui] ?? ''), safe: false, edits: [] })),
  };
}

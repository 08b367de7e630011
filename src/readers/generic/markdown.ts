/**
 * Markdown: one reply to a file (with front matter or without), one under each heading, or one in each fenced block. Which of them, the
 * document itself tells.
 */
import { cut, type Traced, Weaver } from '../../text/traced.js';
import type { Range } from '../../types.js';
import { metaOf } from '../fields.js';
import { maskHoles } from '../parse/holes.js';
import { langNamed } from '../languages.js';
import { frontMatter } from '../parse/frontmatter.js';
import { plainMarkdown } from '../parse/inline.js';
import { type Block, blocksOf } from '../parse/markdown.js';
import type { Draft, Fault, Reader } from '../reader.js';
import { keyOfFile } from './keys.js';
import { readTables } from './markdown-table.js';
import { wordCount } from './replies.js';

const WORDS_MIN = 3;
/** One rule stands above a signature as often as between replies. */
const RULES_MIN = 2;
/** What stands beside a fenced block that is the whole reply of its section: “then close the issue”. */
const BESIDE_WORDS = 12;
/** Languages of fenced blocks that hold texts for people. */
const TEXTS = new Set(['', 'md', 'markdown', 'text', 'txt', 'plain', 'plaintext', 'html', 'none', 'email', 'mail', 'message', 'liquid', 'mdx']);
const SEPARATOR = ' / ';
/** Below every heading. */
const BOLD_LEVEL = 7;

type Fence = Extract<Block, { kind: 'fence' }>;
/** A heading with what stands under it before the next. */
type Section = { path: readonly string[]; level: number; title: string; start: number; blocks: Block[] };

export const readMarkdownLibrary: Reader = {
  name: 'markdown',
  title: 'Markdown: one reply to a file, under each heading, or in each fenced block',
  extensions: ['.md', '.markdown', '.mdown', '.mkd', '.mdx'],
  claims(source) {
    if (['.md', '.markdown', '.mdown', '.mkd', '.mdx'].includes(source.extension)) return 0.4;
    if (['.txt', '.html', '.yml', '.yaml', '.json', '.csv'].includes(source.extension)) return 0;
    return /^#{1,6} \S/m.test(source.text.slice(0, 5_000)) && /^(?:#{2,6} |```|[-*] )/m.test(source.text.slice(0, 5_000)) ? 0.2 : 0;
  },
  read(source, options) {
    const tables = readTables(source, options);
    if (tables !== undefined) return tables;
    const front = frontMatter(source.whole);
    const body = cut(source.whole, front?.end ?? 0, source.text.length);
    const meta = metaOf(front?.parsed.root);
    const faults: Fault[] = [...(front?.parsed.flaws ?? []).map((f) => ({ ...f, message: `front matter is not valid YAML: ${f.message}` })), ...meta.faults];
    const blocks = blocksOf({ text: maskHoles(body.text), stretches: body.stretches });
    const sections = sectionsOf(blocks, body.text);
    // Front matter with a title is about one reply, whatever headings that has.
    const several = fenced(sections, body) ?? (meta.draft.title === undefined ? (underHeadings(sections, body) ?? betweenRules(blocks, body, keyOfFile(source))) : undefined);
    const entries =
      several === undefined
        ? [wholeOf(blocks, body, meta.key ?? keyOfFile(source))].map((d): Draft => ({ ...meta.draft, ...d, title: meta.draft.title ?? d.title }))
        : withoutCommonTitle(several).map((d): Draft => ({ ...meta.draft, ...d, lang: d.lang ?? meta.draft.lang }));
    const comments = blocks.flatMap((b) => (b.kind === 'comment' ? [b.comment] : []));
    return { entries, faults, comments: [...(front?.parsed.comments ?? []), ...comments] };
  },
};

/** A bold line is a heading where there are two of them at least and one opens the section, or where they stand over fenced blocks. */
function sectionsOf(blocks: readonly Block[], text: string): Section[] {
  const sections: Section[] = [{ path: [], level: 0, title: '', start: 0, blocks: [] }];
  const path: { level: number; title: string }[] = [];
  const fences = blocks.filter(isFence).length;
  const bolds = boldHeadings(blocks, fences >= blocks.filter((b) => b.kind === 'bold').length / 2);
  for (const block of blocks) {
    if (block.kind !== 'heading' && !bolds.has(block)) {
      sections[sections.length - 1]?.blocks.push(block);
      continue;
    }
    const level = block.kind === 'heading' ? block.level : BOLD_LEVEL;
    while (path.length > 0 && (path[path.length - 1] as { level: number }).level >= level) path.pop();
    const title = plainMarkdown({ text: text.slice(block.start, block.end).replace(/^[ \t]*[-*+][ \t]+/, ''), stretches: [] }).text.text.trim().replace(/:$/, '');
    path.push({ level, title });
    sections.push({ path: path.map((p) => p.title), level, title, start: block.start, blocks: [] });
  }
  return sections;
}

function boldHeadings(blocks: readonly Block[], overFences: boolean): ReadonlySet<Block> {
  const found = new Set<Block>();
  let section: Block[] = [];
  const close = (): void => {
    const bold = section.filter((b) => b.kind === 'bold');
    if (bold.length >= 2 && (section[0] === bold[0] || (overFences && section.some(isFence)))) for (const b of bold) found.add(b);
    section = [];
  };
  for (const block of blocks) {
    if (block.kind === 'heading') close();
    else if (block.kind !== 'comment' && block.kind !== 'rule') section.push(block);
  }
  close();
  return found;
}

const isFence = (b: Block): b is Fence => b.kind === 'fence';
const isText = (b: Block): boolean => b.kind === 'text' || b.kind === 'bold';

/** The fenced blocks, when they are the replies and the text around them is not. */
function fenced(sections: readonly Section[], body: Traced): Draft[] | undefined {
  const words = (b: Block): number => (isFence(b) ? wordCount(body.text.slice(b.from, b.to)) : isText(b) ? wordCount(body.text.slice(b.start, b.end)) : 0);
  const replies = sections.flatMap((section) => section.blocks.filter(isFence).filter((b) => TEXTS.has((b.info.split(/[\s{]/)[0] ?? '').toLowerCase()) && words(b) >= WORDS_MIN).map((fence) => ({ fence, section })));
  if (replies.length === 0) return undefined;
  const inside = replies.reduce((n, { fence }) => n + words(fence), 0);
  const holding = sections.filter((s) => s.blocks.some(isFence) && s.level > 0);
  const beside = holding.map((s) => s.blocks.filter(isText).reduce((n, b) => n + words(b), 0));
  const total = beside.reduce((a, b) => a + b, 0);
  if (holding.length === 0 ? replies.length < 2 : total >= inside) return undefined;
  // One block under one heading is a reply only when hardly anything else stands there.
  if (replies.length === 1 && total > BESIDE_WORDS) return undefined;
  const others = sections.filter((s) => s.level > 0 && !s.blocks.some(isFence)).reduce((n, s) => n + s.blocks.filter(isText).reduce((m, b) => m + words(b), 0), 0);
  if (others > 2 * inside) return undefined;
  return replies.map(({ fence, section }, i): Draft => {
    const { text, comments } = plainMarkdown(withoutIndent(body, fence));
    const title = section.title || undefined;
    return { key: section.path.join(SEPARATOR) || String(i + 1), title, text, comments, extent: range(body, section.start > 0 || section.level > 0 ? section.start : fence.start, fence.end) };
  });
}

function range(body: Traced, start: number, end: number): Range {
  const base = body.stretches[0]?.from ?? 0;
  return [base + start, base + end];
}

/** A block in a list is indented as its fence is. */
function withoutIndent(body: Traced, { indent, from, to }: Fence): Traced {
  if (indent === 0) return cut(body, from, to);
  const weaver = new Weaver(body);
  for (let at = from; at < to; ) {
    const next = body.text.indexOf('\n', at);
    const end = next < 0 || next >= to ? to : next + 1;
    let start = at;
    while (start < at + indent && (body.text[start] === ' ' || body.text[start] === '\t')) start++;
    weaver.copy(start, end);
    at = end;
  }
  return weaver.done();
}

/** One reply under each heading that has no headings below it, when there are two such at least. */
function underHeadings(sections: readonly Section[], body: Traced): Draft[] | undefined {
  const [, first] = sections;
  // A letter that opens with its greeting in large type.
  if (first === undefined || /[,!]$/.test(first.title)) return undefined;
  const leaves = withoutInstructions(sections.filter((s, i) => s.level > 0 && (sections[i + 1]?.level ?? 0) <= s.level && wordsOf(s, body) >= WORDS_MIN), body);
  if (leaves.length < 2) return undefined;
  return leaves.map((s): Draft => {
    const shown = s.blocks.filter((b) => b.kind !== 'comment' && b.kind !== 'rule');
    const start = shown[0]?.start ?? s.start;
    const end = shown[shown.length - 1]?.end ?? start;
    const { text, comments } = plainMarkdown(cut(body, start, end));
    // “Fi” and “En” under a heading are that reply in two languages.
    const lang = s.path.length > 1 ? langNamed(s.title) : undefined;
    const path = lang === undefined ? s.path : s.path.slice(0, -1);
    return { key: path.join(SEPARATOR), title: path[path.length - 1], lang, text: withoutLetter(text, s.title), comments, extent: range(body, s.start, end) };
  });
}

/** Several rules part replies where no heading does. */
function betweenRules(blocks: readonly Block[], body: Traced, key: string): Draft[] | undefined {
  if (blocks.filter((b) => b.kind === 'rule').length < RULES_MIN || blocks.some((b, i) => b.kind === 'heading' && i > 0)) return undefined;
  const parts: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'rule') parts.push([]);
    else if (block.kind !== 'heading' && block.kind !== 'comment') parts[parts.length - 1]?.push(block);
  }
  const replies = parts.filter((part) => part.length > 0);
  if (replies.length < 2) return undefined;
  return replies.map((part, i): Draft => {
    const [first, ...others] = part as [Block, ...Block[]];
    const titled = first.kind === 'bold' && others.length > 0;
    const start = (titled ? (others[0] as Block) : first).start;
    const end = (part[part.length - 1] as Block).end;
    const { text, comments } = plainMarkdown(cut(body, start, end));
    return { key: `${key}.${i + 1}`, title: titled ? first.title : undefined, text, comments, extent: range(body, first.start, end) };
  });
}

/** What stands above all of them is the document's title, and names none of them. */
function withoutCommonTitle(drafts: readonly Draft[]): readonly Draft[] {
  const [first] = drafts;
  const title = first?.key.split(SEPARATOR)[0] ?? '';
  const prefix = `${title}${SEPARATOR}`;
  return drafts.length > 1 && title !== '' && drafts.every((d) => d.key.startsWith(prefix)) ? drafts.map((d) => ({ ...d, key: d.key.slice(prefix.length) })) : drafts;
}

function wordsOf(section: Section, body: Traced): number {
  return section.blocks.reduce((n, b) => n + (b.kind === 'text' || b.kind === 'bold' || b.kind === 'fence' ? wordCount(body.text.slice(b.start, b.end)) : 0), 0);
}

/** Where most sections under one heading are instructions, the others are. */
function withoutInstructions(leaves: readonly Section[], body: Traced): readonly Section[] {
  const told = new Set(leaves.filter((s) => isInstruction(s, body)));
  const groupOf = (s: Section): string => s.path.slice(0, -1).join(SEPARATOR);
  const share = (group: string): boolean => {
    const all = leaves.filter((s) => groupOf(s) === group);
    const some = all.filter((s) => told.has(s)).length;
    return some > 1 && some * 2 > all.length;
  };
  const manuals = new Set([...new Set([...told].map(groupOf))].filter(share));
  return leaves.filter((s) => !told.has(s) && !manuals.has(groupOf(s)));
}

/** Nobody opens a reply with a list (of hyphens, numbers, the same sign on every line), and nobody answers with a table: instructions do. */
function isInstruction(section: Section, body: Traced): boolean {
  const blocks = section.blocks.filter((b) => b.kind !== 'comment' && b.kind !== 'rule');
  const [first, second] = body.text.slice(blocks[0]?.start ?? 0, blocks[0]?.end ?? 0).slice(0, LIST_PROBE).split('\n');
  if (/^\s*(?:[-*+]|\d{1,3}[.)])\s/.test(first ?? '')) return true;
  const sign = /^\s*(\p{Extended_Pictographic})/u.exec(first ?? '')?.[1];
  if (sign !== undefined && second?.trimStart().startsWith(sign) === true) return true;
  const tables = blocks.filter((b) => body.text.startsWith('|', b.start));
  return tables.length > 0 && tables.reduce((n, b) => n + b.end - b.start, 0) > 0.5 * blocks.reduce((n, b) => n + b.end - b.start, 0);
}
const LIST_PROBE = 500;

const LETTER = /^\p{Lu}: /u;

/** Under “Q: …” the text opens with “A: …”. */
function withoutLetter(text: Traced, title: string): Traced {
  return LETTER.test(title) && LETTER.test(text.text.trimStart()) ? cut(text, text.text.length - text.text.trimStart().length + 3, text.text.length) : text;
}

/** The file is one reply. A heading on top is its title, unless it is a greeting. */
function wholeOf(blocks: readonly Block[], body: Traced, key: string): Draft {
  const [first, ...rest] = blocks.filter((b) => b.kind !== 'comment');
  const titled = first?.kind === 'heading' && rest.length > 0 && !/[,!]$/.test(first.title) && !/[{<%[]/.test(body.text.slice(first.start, first.end));
  const { text, comments } = plainMarkdown(titled ? cut(body, first.end, body.text.length) : body);
  return { key, title: titled ? first.title : undefined, text, comments, extent: range(body, 0, body.text.length) };
}

/** GitHub: saved replies as its API gives them, and lists of them in Markdown, which projects keep since there is no export. */
import { field, hasFields, items, scalarField, type Tree, type TreeMap } from '../../text/tree.js';
import { readMarkdownLibrary } from '../generic/markdown.js';
import type { Reader } from '../reader.js';
import { type Helpdesk, helpdesk, together } from './helpdesk.js';
import { at, claim, recordsOf } from './records.js';

const LISTS = ['data.viewer.savedReplies', 'viewer.savedReplies', 'savedReplies', 'data.user.savedReplies'].flatMap((path) => [`${path}.nodes`, `${path}.edges`, path]);
const FILE = /saved[-_ ]?repl/;

const data: Helpdesk = {
  name: 'github',
  title: 'GitHub saved replies (JSON)',
  paths: LISTS,
  unfold: (trees: readonly Tree[]) => trees.map((tree) => field(tree, 'node') ?? tree),
  sure: 0.95,
  own: (record) => hasFields(record, 'title', 'body') && (scalarField(record, 'id')?.startsWith('SR_') === true || hasFields(record, 'bodyHTML', 'databaseId')),
  each(finds, record, i) {
    const text = finds.body(record, 'body');
    if (text !== undefined) finds.add(record, i, text, { as: 'markdown' });
  },
};

/** Issues, posts and pages have a title and a body too. */
const plain = (record: TreeMap): boolean => hasFields(record, 'title', 'body') && !hasFields(record, 'number') && !hasFields(record, 'html_url');
const reader = helpdesk(data);

const readJson: Reader = {
  ...reader,
  claims(source) {
    const found = recordsOf(source, data);
    const named = LISTS.some((path) => items(at(found?.root, path)).length > 0);
    return Math.max(reader.claims(source), named ? claim(found, plain, 0.9) : FILE.test(source.base) ? claim(found, plain, 0.6) : 0);
  },
};

/** Where such a list says that it is one. */
const SAYS = /github\.com\/settings\/replies|^#{1,3} .{0,40}\bsaved replies\b/im;
const FOLDER = /(?:^|[\\/])saved[-_ ]?repl(?:y|ies)[\\/]/i;

const readMarkdown: Reader = {
  ...readMarkdownLibrary,
  claims: (source) => (readMarkdownLibrary.claims(source) > 0 && (FILE.test(source.base) || FOLDER.test(source.file) || SAYS.test(source.text.slice(0, 5_000))) ? 0.6 : 0),
};

export const readGitHub = together('github', 'GitHub saved replies (JSON, Markdown)', readJson, readMarkdown);

/** Discourse: templates from the plugin, or a topic whose first post is one. Markdown, but for the cooked post of a topic. */
import { field, hasFields, items, scalarField, type Tree } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';
import { at } from './records.js';

const MARKS = ['slug', 'usages', 'tags'];

const firstPost = (topic: Tree): Tree | undefined => items(at(topic, 'post_stream.posts'))[0];

export const readTemplates = helpdesk({
  name: 'discourse',
  title: 'Discourse templates (JSON)',
  paths: ['templates', 'discourse_templates'],
  sure: 0.85,
  own: (record) => firstPost(record) !== undefined || (hasFields(record, 'title', 'content') && MARKS.some((key) => hasFields(record, key))),
  each(finds, record, i) {
    const post = firstPost(record);
    const text = post === undefined ? finds.body(record, 'content') : finds.body(post, 'raw', 'cooked');
    if (text !== undefined) finds.add(record, i, text, { title: scalarField(record, 'title'), as: post !== undefined && field(post, 'raw') === undefined ? 'html' : 'markdown' });
  },
});

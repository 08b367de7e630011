/** Zendesk's dynamic content: texts that its macros refer to, each in several languages. */
import { field, hasFields, items, scalarField } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';
import { isOff } from './records.js';

export const readContent = helpdesk({
  name: 'zendesk',
  title: 'Zendesk dynamic content (JSON)',
  paths: ['items', 'item', 'dynamic_content'],
  sure: 0.95,
  own: (record) => items(field(record, 'variants')).some((v) => hasFields(v, 'content') && (hasFields(v, 'locale_id') || hasFields(v, 'locale'))),
  each(finds, record) {
    const variants = field(record, 'variants');
    if (variants?.kind !== 'list') return finds.fault(variants ?? record, variants === undefined ? 'has no “variants”' : '“variants” must be a list');
    const title = scalarField(record, 'name');
    const name = scalarField(record, 'placeholder')?.replace(/^\{\{dc\.|\}\}$/g, '') ?? title ?? scalarField(record, 'id') ?? '';
    for (const variant of variants.items) {
      const text = finds.body(variant, 'content');
      const lang = scalarField(variant, 'locale');
      // A language that is a number is told by its text; a title that all variants have would look like a repeated one.
      const key = lang === undefined ? `${name}.${scalarField(variant, 'locale_id', 'id') ?? ''}` : name;
      if (text !== undefined) finds.add(variant, 0, text, { key, title: lang === undefined ? undefined : title, lang, note: isOff(field(variant, 'active')) });
    }
  },
});

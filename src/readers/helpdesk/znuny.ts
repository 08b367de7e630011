/** OTRS, Znuny and OTOBO: templates, from the export (YAML) or the database. A template is put between a salutation and a signature. */
import { hasFields, scalarField } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

/** For colleagues, not for customers. */
const INTERNAL = ['note', 'phonecall', 'processmanagement'];
const VALID = ['1', 'valid'];

export const readZnuny = helpdesk({
  name: 'znuny',
  title: 'OTRS, Znuny and OTOBO templates (YAML, JSON, CSV)',
  paths: ['StandardTemplate', 'standard_template'],
  csv: true,
  sure: 0.95,
  own: (record) => (hasFields(record, 'Name', 'Template') && (hasFields(record, 'TemplateType') || hasFields(record, 'ContentType'))) || hasFields(record, 'name', 'text', 'template_type'),
  each(finds, record, i) {
    const text = finds.body(record, hasFields(record, 'template_type') ? 'text' : 'Template');
    if (text === undefined) return;
    const note = INTERNAL.includes(scalarField(record, 'TemplateType', 'template_type')?.toLowerCase() ?? '');
    const off = !VALID.includes(scalarField(record, 'ValidID', 'valid_id')?.toLowerCase() ?? '1');
    const type = scalarField(record, 'ContentType', 'content_type')?.toLowerCase();
    finds.add(record, i, text, { as: type === undefined ? undefined : type.includes('html') ? 'html' : 'text', note: note || off });
  },
});

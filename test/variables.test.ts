import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Variables } from '../src/library/variables.js';
import { readFormats } from '../src/rules/formats.js';
import { ROOT } from './drive.js';

const FILE = join(ROOT, 'rules', 'library', 'formats.yml');
const variables = new Variables(readFormats(readFileSync(FILE, 'utf8'), FILE));

/** The variables as text; `?` behind what may leave a hole. */
const found = (text: string, format: string): string[] => variables.find(text, format).map((v) => text.slice(v.start, v.end) + (v.blank ? ' ?' : ''));

describe('variables of a helpdesk', () => {
  it.each([
    ['zendesk', 'Hi {{ticket.requester.first_name}}, see #{{ticket.id}}.', ['{{ticket.requester.first_name}}', '{{ticket.id}}']],
    ['zendesk', '{% if ticket.id %}{{ticket.requester.first_name | default: "friend"}}{%- endif -%}', ['{% if ticket.id %}', '{{ticket.requester.first_name | default: "friend"}}', '{%- endif -%}']],
    ['intercom', 'Hi {{user.first_name|fallback:"there"}}, {{user.name | fallback: ""}}', ['{{user.first_name|fallback:"there"}}', '{{user.name | fallback: ""}} ?']],
    ['intercom', 'Hi <attribute key="user.first_name" default=""/>, <attribute key="user.city" default="there"/>', ['<attribute key="user.first_name" default=""/> ?', '<attribute key="user.city" default="there"/>']],
    ['gorgias', '{{ticket.customer.integrations.shopify.orders[0].created_at|datetime_format("MMM Do YY")}} {{ticket.customer.firstname|fallback("you")}}', ['{{ticket.customer.integrations.shopify.orders[0].created_at|datetime_format("MMM Do YY")}} ?', '{{ticket.customer.firstname|fallback("you")}}']],
    ['chatwoot', "{{ contact.first_name || 'there' }} {{contact.name}} {{contact.name || ''}}", ["{{ contact.first_name || 'there' }}", '{{contact.name}}', "{{contact.name || ''}} ?"]],
    ['zammad', '#{dt(ticket.updated_at, "%A }", "Europe/Berlin")} #{{order}}', ['#{dt(ticket.updated_at, "%A }", "Europe/Berlin")} ?', '{{order}} ?']],
    ['osticket', 'Hi %{ticket.name.first}, https://a.example/?t=%7Bticket.number%7D', ['%{ticket.name.first}', '%7Bticket.number%7D']],
    ['rocketchat', '{{contact.name}}!', ['{{contact.name}} ?']],
    ['freescout', 'Hi {%customer.firstName%} {%customer.fullName,fallback=friend%}', ['{%customer.firstName%} ?', '{%customer.fullName,fallback=friend%}']],
    ['helpscout', 'Hallo {%customer.firstName,fallback=%}, {%customer.firstName,fallback=there%}', ['{%customer.firstName,fallback=%} ?', '{%customer.firstName,fallback=there%}']],
    ['discourse', 'Hi %{reply_to_name,fallback:there} %{my_name}', ['%{reply_to_name,fallback:there}', '%{my_name} ?']],
    ['livehelperchat', 'Hi {nick}, {args.chat.referrer} { color: red; } {Insert Screenshot}', ['{nick}', '{args.chat.referrer}']],
    ['znuny', 'Hi <OTRS_CUSTOMER_DATA_UserFirstname> <OTRS_TICKET_DynamicField_X_Value> <name>', ['<OTRS_CUSTOMER_DATA_UserFirstname> ?', '<OTRS_TICKET_DynamicField_X_Value> ?']],
    ['front', 'Hi {{recipient.first_name}} {{1}}', ['{{recipient.first_name}}', '{{1}}']],
    ['markdown', '{{name}} {!Contact.FirstName} {$ticket.id} [text](url)', ['{{name}}', '{!Contact.FirstName}', '{$ticket.id}']],
  ])('%s: %s', (format, text, expected) => expect(found(text, format)).toEqual(expected));

  it('on any text: in order, apart, inside', () => {
    const bits = fc.constantFrom('{{', '}}', '{%', '%}', '%{', '#{', '}', '"', "'", 'a.b', '|default:', ' ', '<OTRS_', '<attribute ', '>', '\n', 'å');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }).map((p) => p.join('')), (text) => {
        let at = 0;
        for (const { start, end } of variables.find(text, 'zendesk')) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it.each(['{{a', '{{a"{', '#{a(', '#{"', '<attribute ', '{% ', '{{ {a} ', '<!-- ', '##a ', '%7Ba'])('%s without end takes no longer', (bit) => {
    const started = performance.now();
    variables.find(bit.repeat(200_000 / bit.length), 'zendesk');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

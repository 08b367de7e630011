import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fault, looksLikeJson, readJson } from '../src/readers/json.js';
import { readMail } from '../src/readers/mail.js';
import { decode } from '../src/readers/text.js';
import { UserError } from '../src/types.js';

describe('text', () => {
  it('leaves a byte order mark out and reads UTF-16 that has one', () => {
    expect(decode(Buffer.from('\ufeffHei ä'), 'x')).toBe('Hei ä');
    expect(decode(Buffer.from('\ufeffHei ä', 'utf16le'), 'x')).toBe('Hei ä');
  });
  it('keeps a replacement character that stands in the text', () => {
    expect(decode(Buffer.from('a\ufffdb'), 'x')).toBe('a\ufffdb');
  });
  it('gives back any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0') && !s.startsWith('\ufeff')), (s) => decode(Buffer.from(s), 'x') === s));
  });
});

describe('JSON', () => {
  it.each([
    ['{"reply": "a" "message": "b"}', 14, 'expected “,” or “}”'],
    ['{"reply": "a",}', 14, 'a key in double quotes'],
    ["{'reply': 1}", 1, 'a key in double quotes'],
    ['{"reply" "a"}', 9, 'expected “:”'],
    ['{"reply": nope}', 10, 'expected a value'],
    ['{"reply": "a', 12, 'a string is not closed'],
    ['{"reply": "a\nb"}', 12, 'line break'],
    ['{"reply": "a\\x"}', 12, 'an escape'],
    ['{"reply": [1, 2}', 15, 'expected “,” or “]”'],
    ['{"reply": "a"', 13, 'ends too early'],
    ['{} x', 3, 'behind the object'],
  ])('%s', (text, offset, what) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(fault(text)).toMatchObject({ offset, what: expect.stringContaining(what) as string });
  });
  it('finds the place in anything broken, and agrees with JSON.parse on what is', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, at, put) => {
        const text = json.slice(0, at % (json.length + 1)) + put + json.slice(at % (json.length + 1));
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const { offset, what } = fault(text);
        expect(what === 'not readable').toBe(valid);
        expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });
  it('nests deep without falling over', () => {
    expect(fault('['.repeat(200_000)).offset).toBe(200_000);
  });
  it('takes other names and leaves unknown keys alone', () => {
    expect(readJson('{"complaint":"a","draft":"b","channel":"Form","labels":{},"id":3,"agent":""}', 'x')).toMatchObject({ message: 'a', reply: 'b', channel: 'email', id: '3', agent: undefined });
    expect(readJson('{"reply":"b","message":null}', 'x').message).toBeUndefined();
    expect(() => readJson('[]', 'x')).toThrow(UserError);
    expect(() => readJson('{"reply":"b","message_at":"soon"}', 'x')).toThrow('“message_at” is no time');
  });
  it('is told from a draft', () => {
    expect(looksLikeJson(' {\n "reply": 1')).toBe(true);
    expect(looksLikeJson('{{name}}, hello')).toBe(false);
    expect(looksLikeJson('{name}, hello')).toBe(false);
  });
});

describe('mail', () => {
  it('cuts headers off and keeps the place', () => {
    const text = 'From: A <a@x.example>\r\nSubject: Re:\r\n folded\r\n\r\nHei';
    const mail = readMail(text, 'x');
    expect(mail).toMatchObject({ reply: 'Hei', channel: 'email' });
    expect(text.slice(mail?.offset)).toBe('Hei');
  });
  it('leaves anything else alone', () => {
    for (const text of ['Hei,\n\nSubject: x', 'Subject: only one\n\nHei', 'From: a\nHello there\n\nx', 'To: you']) expect(readMail(text, 'x')).toBeUndefined();
  });
  it('refuses transport forms', () => {
    expect(() => readMail('From: a\nContent-Transfer-Encoding: base64\n\naGVp', 'x')).toThrow(UserError);
  });
});

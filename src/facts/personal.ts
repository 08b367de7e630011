/** Personal data asked for or shown. Numbers are known by their form and check digit; what is asked for, by cues. */
import type { Evidence, Hit } from '../types.js';
import { cues, inReply, type Reading } from './reading.js';

const CODE = /(?<![\p{L}\p{N}])(\d{6})[-+A-FU-Y](\d{3})([0-9A-FHJ-NPR-Y])(?![\p{L}\p{N}])/gu;
const CHECK = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu;
const CARD = /(?<![\p{L}\p{N}])(?:\d[ -]?){13,19}(?![\p{L}\p{N}])/gu;

/** A Finnish personal identity code, by its check character. */
function isIdentityCode(birth: string, serial: string, check: string): boolean {
  return CHECK[Number(birth + serial) % 31] === check;
}

function isIban(text: string): boolean {
  const s = text.replace(/ /g, '');
  let rest = 0;
  for (const c of s.slice(4) + s.slice(0, 4)) rest = Number(`${rest}${/\d/.test(c) ? c : c.charCodeAt(0) - 55}`) % 97;
  return rest === 1;
}

function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) d = d > 4 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return digits.length >= 13 && sum % 10 === 0 && !/^(\d)\1+$/.test(digits);
}

/** @param canned in a canned reply the account is the sender's, and a card one to try things with */
function shown(text: string, canned: boolean): Evidence[] {
  const out: Evidence[] = [];
  const add = (at: number, length: number): void => {
    out.push({ in: 'reply', range: [at, at + length] });
  };
  if (!/\d{4}/.test(text)) return out;
  for (const m of text.matchAll(CODE)) if (isIdentityCode(m[1] as string, m[2] as string, m[3] as string)) add(m.index, m[0].length);
  if (canned) return out;
  for (const m of text.matchAll(IBAN)) if (isIban(m[0])) add(m.index, m[0].length);
  for (const m of text.matchAll(CARD)) if (isCard(m[0])) add(m.index, m[0].length);
  return out;
}

/**
 * In public a request for data is one only when it is to be met in public: “laita osoitteesi yksityisviestillä” is in order. What is
 * secret must have the private channel named in the same sentence; a code that opens a purse is never to be asked for in writing.
 */
export function personalData(reading: Reading): { asked: Evidence[]; shown: Evidence[]; secret: Evidence[] } {
  const elsewhere = cues(reading.replyCues, 'private');
  const beside = (h: Hit): boolean => elsewhere.some((p) => p.sentence === h.sentence);
  const ordinary = elsewhere.length > 0 ? [] : cues(reading.replyCues, 'data.ask');
  const secret = cues(reading.replyCues, 'data.secret');
  return { asked: inReply([...ordinary, ...secret.filter((h) => !beside(h))]), shown: shown(reading.reply.text, reading.exchange.holes !== undefined), secret: inReply(cues(reading.replyCues, 'data.secret.code')) };
}

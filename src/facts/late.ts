/** How long the customer waited, when the times are known, and whether that is long on this channel. */
import type { Channel, Exchange } from '../types.js';

/** Hours after which a reply is late: in social media at once, by letter within two working days. */
const PATIENCE: Readonly<Record<Channel, number>> = { social: 6, chat: 1, email: 48, review: 72, app: 72 };

const HOUR = 3_600_000;

/** Undefined when a time is missing, unreadable, or the reply comes before the message. */
export function lateness(exchange: Exchange, channel: Channel): { hours: number; late: boolean } | undefined {
  const { message_at: asked, reply_at: replied } = exchange;
  if (asked === undefined || replied === undefined) return undefined;
  const hours = (Date.parse(replied) - Date.parse(asked)) / HOUR;
  if (!Number.isFinite(hours) || hours < 0) return undefined;
  return { hours: Math.round(hours * 10) / 10, late: hours > PATIENCE[channel] };
}

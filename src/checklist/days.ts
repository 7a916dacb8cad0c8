import { say } from '../words/say';

const DAY = 86_400_000;

/** Whole UTC days from one date to another (YYYY-MM-DD); negative when the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** The date some days after a date. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** `1 day` or `3 days`. */
export function inDays(days: number): string {
  return days === 1 ? say('{0} day', days) : say('{0} days', days);
}

/** `today` or `in 3 days`. */
export function inTime(days: number): string {
  return days === 0 ? say('today') : say('in {0}', inDays(days));
}

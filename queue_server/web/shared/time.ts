// Moments (milliseconds UTC) written as the hall's own wall time, and lengths of time in whole minutes.

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language} ${JSON.stringify(options)}`;
  const made = formats.get(name) ?? new Intl.DateTimeFormat(language, options);
  formats.set(name, made);
  return made;
}

/** `10:24` in the hall's time zone, the same in every language. */
export function hallTime(at: number, timeZone: string): string {
  return format("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** `2026-11-24` in the hall's time zone, the same in every language: a day of its calendar, as dates go over the wire. */
export function hallDay(at: number, timeZone: string): string {
  return format("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** `11月24日 星期二`, `Tuesday 24 November`. */
export function hallDate(at: number, timeZone: string, language: string): string {
  return format(language, { timeZone, month: "long", day: "numeric", weekday: "long" }).format(at);
}

/** `11月26日`, `26 Nov` for a date of the calendar, written `2026-11-26`. */
export function calendarDay(date: string, language: string): string {
  return format(language === "en" ? "en-GB" : language, { timeZone: "UTC", month: language === "en" ? "short" : "long", day: "numeric" }).format(Date.parse(date));
}

/** Whole minutes begun, never below 0. */
export function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}

/** `06:42`, and `1:06:42` from an hour on; never below zero. */
export function running(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `10:31:08` in the hall's time zone; seconds are the same in every zone. */
export function clockTime(at: number, timeZone: string): string {
  return `${hallTime(at, timeZone)}:${String(Math.floor(at / 1_000) % 60).padStart(2, "0")}`;
}

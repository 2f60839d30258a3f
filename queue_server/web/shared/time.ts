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

/** `11月24日 星期二`, `Tuesday 24 November`. */
export function hallDate(at: number, timeZone: string, language: string): string {
  return format(language, { timeZone, month: "long", day: "numeric", weekday: "long" }).format(at);
}

/** Whole minutes begun, never below 0. */
export function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}

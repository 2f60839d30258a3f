// Who is signed in: what the session call answers, as the console uses it.

export interface Person {
  readonly name: string;
  readonly display_name: string;
  readonly number: string;
  readonly role: string;
}

export interface Account {
  readonly user: Person | null;
  readonly hall?: string;
  readonly window?: number | null;
}

/** Reads a session answer; anything without a user is somebody not signed in. */
export function readAccount(answer: unknown): Account {
  const read = (answer ?? {}) as Partial<Account>;
  return { ...read, user: read.user ?? null, window: read.window ?? null };
}

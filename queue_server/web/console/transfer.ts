// What a transfer asks of the clerk before it goes to the server.

export interface Filled {
  readonly business: string;
  readonly window: string;
  readonly clerk: string;
  readonly note: string;
}

export interface TransferMistake {
  readonly field: keyof Filled;
  readonly word: string;
}

export type TransferBody = Readonly<{ business: string; note: string; to_window: number | null; to_clerk: string | null }>;

/** The body of the act, or the first field that is not right yet: a business and a note are needed, a window or a colleague at most. */
export function transferBody({ business, window, clerk, note }: Filled): TransferBody | TransferMistake {
  const [toWindow, toClerk, said] = [window.normalize("NFKC").trim(), clerk.normalize("NFKC").trim(), note.trim()];
  if (business === "") return { field: "business", word: "transfer.business-missing" };
  if (toWindow !== "" && !/^[1-9]\d{0,2}$/.test(toWindow)) return { field: "window", word: "transfer.window-wrong" };
  if (toWindow !== "" && toClerk !== "") return { field: "clerk", word: "transfer.one-only" };
  if (said === "") return { field: "note", word: "transfer.note-missing" };
  return { business, note: said, to_window: toWindow === "" ? null : Number(toWindow), to_clerk: toClerk === "" ? null : toClerk };
}

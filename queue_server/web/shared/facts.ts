// The facts a page was served with: the JSON in its `#facts` element.

export interface Facts {
  readonly hall?: string;
  readonly token?: string;
  readonly language?: string;
}

/** Reads the page's facts; a page served without them gets an empty object. */
export function readFacts<T extends object = Facts>(page: Pick<Document, "getElementById"> = document): Partial<T> {
  const text = page.getElementById("facts")?.textContent?.trim();
  return text ? (JSON.parse(text) as Partial<T>) : {};
}

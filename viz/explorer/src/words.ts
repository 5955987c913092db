// Every string of the interface, by key: another language is another table of the same keys.
import { en } from "./words/en.ts";

export type Key = keyof typeof en;
export type Catalogue = Record<Key, string>;

const CATALOGUES: Record<string, Catalogue> = { en };
// Written from right to left.
const RIGHT_TO_LEFT = new Set(["ar"]);

let catalogue: Catalogue = en;
let language = "en";

export const languages = Object.keys(CATALOGUES);

/** Speak that language from now on, if there is a catalogue of it. */
export function speak(wanted: string): void {
  language = wanted in CATALOGUES ? wanted : "en";
  catalogue = CATALOGUES[language] ?? en;
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}

/** The words for a key, with `{name}` replaced by the values. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (_, one: string) => {
    const value = values[one];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** The words for a key that may not be there: then `other`. */
export function sayOr(key: string, other: string): string {
  return key in catalogue ? catalogue[key as Key] : other;
}

/** A number as it is written here. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString(language, { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** A date such as `1 Oct 2009`, or a period with two; what is no whole date stays as it is. */
export function day(iso: string | null | undefined): string {
  if (!iso) return "";
  if (/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/.test(iso)) return iso.split("/").map(day).join(" – ");
  const [year, month, date] = iso.split("-").map(Number);
  if (!year || !month || !date || iso.length !== 10) return iso;
  const made = new Date(Date.UTC(year, month - 1, date));
  return made.toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  });
}

/** An amount with its currency, such as `USD 4.8 million`. */
export function amount(value: number, currency: string | null): string {
  const short = value.toLocaleString(language, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
  return currency ? `${currency} ${short}` : short;
}

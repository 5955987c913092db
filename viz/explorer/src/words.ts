// Every string of the interface, by key: another language is another table of the same keys.
import { en } from "./words/en.ts";

export type Key = keyof typeof en;
export type Catalogue = Record<Key, string>;

const CATALOGUES: Record<string, Catalogue> = { en };
// Written from right to left.
const RIGHT_TO_LEFT = new Set(["ar"]);

let catalogue: Catalogue = en;
let language = "en";
let names = "en";

/** The six languages of the United Nations, in which the graph has the names of States. */
export const LANGUAGES: Record<string, string> = { ar: "العربية", zh: "中文", en: "English", fr: "Français", ru: "Русский", es: "Español" };

/** The language that is wanted: of names, and of the page's own words where there is a catalogue of it. */
export const wanted = (): string => names;

/** Speak that language from now on, as far as there are words in it. */
export function speak(one: string): void {
  names = one in LANGUAGES ? one : "en";
  language = names in CATALOGUES ? names : "en";
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

/** A date such as `1 Oct 2009` or `Oct 2009`, or a period with two; what is no whole date stays as it is. */
export function day(iso: string | null | undefined): string {
  if (!iso) return "";
  if (/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/.test(iso)) return iso.split("/").map(day).join(" – ");
  if (!/^\d{4}-\d{2}(-\d{2})?$/.test(iso)) return iso;
  const [year = 0, month = 1, date] = iso.split("-").map(Number);
  const made = new Date(Date.UTC(year, month - 1, date ?? 1));
  return made.toLocaleDateString(language === "en" ? "en-GB" : language, {
    ...(date ? { day: "numeric" } : {}), month: "short", year: "numeric", timeZone: "UTC",
  });
}

/** A text with its dates as people write them; what belongs to an identifier stays as it is. */
export const dated = (text: string): string =>
  text.replace(/(?<![\w/#.:-])(19|20)\d\d-(0[1-9]|1[0-2])(-\d{2}(\/\d{4}-\d{2}-\d{2})?)?(?![\w/#:-])/g, (iso) => day(iso))
    .replace(/(?<![\w/#.:-])((?:19|20)\d\d)-((?:19|20)\d\d)(?![\w/#:-])/g, "$1–$2");

/** An amount with its currency, such as `USD 4.8 million`. */
export function amount(value: number, currency: string | null): string {
  const short = value.toLocaleString(language, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
  return currency ? `${currency} ${short}` : short;
}

// What the page asks the server; what cannot be answered comes as an error in words (RFC 9457).
import { wanted } from "./words.ts";
import type { Known, Shown } from "./types.ts";

export class Refused extends Error {}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal: signal ?? null, headers: { accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused("The server does not answer. Is `footprint serve` still running?");
  }
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Refused(problem.detail ?? `${response.status} ${response.statusText}`);
  }
  return (await response.json()) as T;
}

export const known = (): Promise<Known> => get(`/v1/explore?lang=${wanted()}`);

export function ask(question: string, query: string, signal?: AbortSignal): Promise<Shown> {
  const said = new URLSearchParams(query);
  if (wanted() !== "en") said.set("lang", wanted());
  return get(`/v1/explore/${question}${said.size ? `?${said}` : ""}`, signal);
}

export interface Hit { type: string; id: string; name: string; matched: string }

/** What is called so or nearly so, of these types or of all. */
export async function search(text: string, types: string[], signal: AbortSignal, limit = 8): Promise<Hit[]> {
  const query = new URLSearchParams({ q: text, limit: String(limit) });
  for (const type of types) query.append("types", type);
  const found = await get<{ rows: Hit[] }>(`/v1/search?${query}`, signal);
  return found.rows;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (item: Json): Json | undefined => (isObject(item) ? item.name : undefined);

/** Lists whose items are found by their name (containers, env); other lists are replaced as a whole. */
const mergeLists = (base: Json[], patch: Json[]): Json[] => {
  if (![...base, ...patch].every((item) => typeof nameOf(item) === 'string')) return patch;
  const merged = [...base];
  for (const item of patch as JsonObject[]) {
    const at = merged.findIndex((candidate) => nameOf(candidate) === item.name);
    if (item.$patch === 'delete') {
      if (at < 0) throw new Error(`The patch deletes ${String(item.name)}, which the base has not got`);
      merged.splice(at, 1);
    } else if (at < 0) merged.push(item);
    else merged[at] = strategicMerge(merged[at]!, item);
  }
  return merged;
};

/** A strategic merge patch as far as this repository's overlays use it: deep, null removes, lists by name. */
export const strategicMerge = (base: Json, patch: Json): Json => {
  if (Array.isArray(base) && Array.isArray(patch)) return mergeLists(base, patch);
  if (!isObject(base) || !isObject(patch)) return patch;
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = strategicMerge(merged[key] ?? (isObject(value) ? {} : null), value);
  }
  return merged;
};

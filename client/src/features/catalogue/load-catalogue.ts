import { api } from '@/shared/api/browser';
import type { CatalogueState } from './catalogue-state';
import { fetchCatalogueState } from './fetch-catalogue';
import type { CatalogueQuery } from './query';

/** What keeps the landing page up to date; its code is loaded when it is first needed. */
export const loadCatalogue = (
  query: CatalogueQuery,
  known: CatalogueState,
  signal: AbortSignal,
): Promise<CatalogueState> => fetchCatalogueState(api, query, known, signal);

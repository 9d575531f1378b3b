import type { Run } from '../measure';
import type { Plot } from '../report/svg';

/** A part of docs/performance.md. */
export interface Section {
  title: string;
  /** Markdown. */
  text: string;
  /** Its plots, by the names of their files without `.svg`. */
  plots: Record<string, Plot>;
}

/** What makes a section; its measurements end early when the run's signal says so. */
export type SectionMaker = (run: Run) => Promise<Section>;

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '../measure';
import { replaceBetweenMarkers } from '../report/markers';
import type { Report } from '../report/report';
import { linePlot } from '../report/svg';
import { table } from '../report/table';
import { backlog } from './backlog';
import { catalogue } from './catalogue';
import { concurrency } from './concurrency';
import { performanceDocument } from './document';
import { offeredLoad } from './offered-load';
import { overload } from './overload';
import type { Section, SectionMaker } from './section';

const repository = path.resolve(__dirname, '../../..');

/** The sections that use the contenders of the table, in the order of the document. */
const makers: Record<string, SectionMaker> = {
  concurrency,
  'offered load': offeredLoad,
  'catalogue size': catalogue,
  overload,
  backlog,
};

/** The section that is made in a system of its own, after the others. */
export const SOAK = 'soak';

const names = [...Object.keys(makers), SOAK];

/**
 * The names of the sections to make.
 *
 * @param wanted all, if undefined
 * @throws Error that lists all names, when there is no section with one of them
 */
export const selectSections = (wanted = names): string[] => {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return wanted;
  throw new Error(`There is no section "${unknown}"; there are ${names.join(', ')}.`);
};

/** Makes sections, one after another; all but the soak. */
export const makeSections = async (
  wanted: readonly string[],
  run: Run,
  print: (text: string) => void,
): Promise<Section[]> => {
  const sections: Section[] = [];
  for (const [name, make] of Object.entries(makers)) {
    if (!wanted.includes(name)) continue;
    const section = await make(run);
    print(section.title);
    sections.push(section);
  }
  return sections;
};

/** Writes docs/performance.md and its plots, and the table of the README where that has the markers. */
export const writeDocuments = async (report: Report, sections: readonly Section[]): Promise<void> => {
  const plots = path.join(repository, 'docs/performance');
  await mkdir(plots, { recursive: true });
  for (const [file, plot] of sections.flatMap((section) => Object.entries(section.plots))) {
    await writeFile(path.join(plots, `${file}.svg`), linePlot(plot));
  }
  await writeFile(path.join(repository, 'docs/performance.md'), performanceDocument(report, sections));
  const readme = path.join(repository, 'README.md');
  const updated = replaceBetweenMarkers(await readFile(readme, 'utf8'), table(report.rows));
  if (updated) await writeFile(readme, updated);
};

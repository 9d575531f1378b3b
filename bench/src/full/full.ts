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
import type { Section } from './section';

const repository = path.resolve(__dirname, '../../..');

/** Makes the sections that use the contenders of the table, one after another. */
export const makeSections = async (run: Run, print: (text: string) => void): Promise<Section[]> => {
  const sections: Section[] = [];
  for (const make of [concurrency, offeredLoad, catalogue, overload, backlog]) {
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

export const BEGIN = '<!-- bench:begin -->';
export const END = '<!-- bench:end -->';

/**
 * Replaces what is between the two markers of a document.
 *
 * @returns undefined when the document has no markers
 */
export const replaceBetweenMarkers = (document: string, content: string): string | undefined => {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END, begin);
  if (begin < 0 || end < 0) return undefined;
  return `${document.slice(0, begin + BEGIN.length)}\n\n${content}\n\n${document.slice(end)}`;
};

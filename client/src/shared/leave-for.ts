/** Leaves the page for another, also of another site. */
export const leaveFor = (url: string): void => window.location.assign(url);

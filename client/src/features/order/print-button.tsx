'use client';

import styles from './receipt-sheet.module.css';

/** Without scripts, a browser prints by its own menu: there the button is not shown. */
export const PrintButton = () => (
  <button type="button" className={`btn btn-primary ${styles.print}`} onClick={() => window.print()}>
    Print
  </button>
);

'use client';

import { Notice } from './notice';
import { Page } from './page';
import { useRetryingPage } from './use-retrying-page';

/** Stands in for content whose service does not respond, and retries until it does. */
export const Unavailable = ({ what, heading }: { what: string; heading?: 'h1' | 'h2' }) => {
  useRetryingPage();
  return (
    <Page>
      <div role="status">
        <Notice heading={heading} title={`We can’t load ${what} right now`} mark="…">
          This page retries automatically, and updates as soon as the service responds.
        </Notice>
      </div>
    </Page>
  );
};

'use client';

import { useEffect, useRef } from 'react';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';

const ErrorPage = ({ reset }: { error: Error; reset: () => void }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Page>
      <div role="alert" ref={box} tabIndex={-1}>
        <Notice
          title="Something went wrong"
          mark="!"
          action={
            <button type="button" className="btn btn-primary btn-lg" onClick={reset}>
              Try again
            </button>
          }
        >
          This page failed to load. Your orders and tickets are safe. If trying again doesn’t help, go to the{' '}
          <a href="/">home page</a> or see the <a href="/help">help page</a>.
        </Notice>
      </div>
    </Page>
  );
};

export default ErrorPage;

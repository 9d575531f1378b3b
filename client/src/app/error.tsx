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
          title="That was our fault"
          mark="!"
          action={
            <button type="button" className="btn btn-primary btn-lg" onClick={reset}>
              Try again
            </button>
          }
        >
          Something broke on this page. Nothing you bought or listed is lost.
        </Notice>
      </div>
    </Page>
  );
};

export default ErrorPage;

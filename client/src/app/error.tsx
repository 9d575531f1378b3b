'use client';

import { useEffect, useRef } from 'react';
import { Notice } from '@/shared/ui/notice';

const ErrorPage = ({ reset }: { error: Error; reset: () => void }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="container page" role="alert" ref={box} tabIndex={-1}>
      <Notice
        title="That was our fault"
        mark="!"
        actions={
          <button type="button" className="btn btn-primary btn-lg" onClick={reset}>
            Try again
          </button>
        }
      >
        <p>Something broke on this page. Nothing you bought or listed is lost.</p>
      </Notice>
    </div>
  );
};

export default ErrorPage;

import { useEffect, useRef } from 'react';
import { signInPath } from '@/shared/next-path';

/** Stands where the payment would once the visitor has signed out elsewhere: the way on, and back to this order. */
export const SignedOut = ({ orderId }: { orderId: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section>
      <h2 className="fs-4" ref={heading} tabIndex={-1}>
        You’re signed out
      </h2>
      <p>Sign in again to continue with this order. The ticket stays reserved until the time is up.</p>
      <a className="btn btn-primary btn-lg w-100" href={signInPath(`/orders/${orderId}`)}>
        Sign in again
      </a>
    </section>
  );
};

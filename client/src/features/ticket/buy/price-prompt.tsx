import { useEffect, useRef, type ReactNode } from 'react';
import { Money } from '@/shared/locale/locale';
import type { Purchase } from './use-purchase';
import type { Terms } from './reserve';

interface PricePromptProps extends Pick<Purchase, 'busy' | 'seen' | 'decline'> {
  offer: Terms;
  /** Where the buyer is sent to decline, without the page's script. */
  path: string;
  /** The button that accepts. */
  children: ReactNode;
}

/** Lets a buyer accept or decline the ticket's new price. */
export const PricePrompt = ({ seen, offer, busy, decline, path, children }: PricePromptProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [offer]);
  return (
    <div className="alert alert-warning" role="group" aria-labelledby="price-prompt-title">
      <h2 className="h5" id="price-prompt-title" ref={heading} tabIndex={-1}>
        The price is now <Money amount={offer.price} />
      </h2>
      <p>
        It was <Money amount={seen.price} /> when you opened this page. Do you still want it?
      </p>
      {children}
      <form
        action={path}
        onSubmit={(event) => {
          event.preventDefault();
          decline();
        }}
      >
        <button className="btn btn-link text-reset w-100 mt-2" disabled={busy}>
          No, thanks
        </button>
      </form>
    </div>
  );
};

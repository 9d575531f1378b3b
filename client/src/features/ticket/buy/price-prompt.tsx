import { useEffect, useRef } from 'react';
import { SubmitButton } from '@/shared/form/submit-button';
import { Money } from '@/shared/locale/locale';
import type { Terms } from './use-purchase';

interface PricePromptProps {
  seen: Terms;
  offer: Terms;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}

/** Lets a buyer accept or decline the ticket's new price. */
export const PricePrompt = ({ seen, offer, busy, onAccept, onDecline }: PricePromptProps) => {
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
      <SubmitButton busy={busy} busyLabel="Reserving…" onClick={onAccept}>
        Buy for <Money amount={offer.price} />
      </SubmitButton>
      <button
        type="button"
        className="btn btn-link text-reset w-100 mt-2"
        onClick={onDecline}
        disabled={busy}
      >
        No, thanks
      </button>
    </div>
  );
};

'use client';

import type { Ticket } from '@ticketing/common/api';
import { cleanTitle, TITLE_MAX_LENGTH, type FeeRates } from '@ticketing/common/limits';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { SubmitButton } from '@/shared/form/submit-button';
import { useForm } from '@/shared/form/use-form';
import { Panel } from '@/shared/ui/page';
import type { Draft } from './draft';
import { Proceeds } from './fee';
import { saveTicket } from './save-ticket';
import { TicketCard } from './ticket-card';
import styles from './ticket-form.module.css';
import { parsePrice, validatePrice } from './validation';

/** What will be sent; nothing while that would be refused. */
const priceOf = (text: string) => (validatePrice(text).length === 0 ? parsePrice(text) : undefined);

const FIELDS = { title: 'ticket-title', price: 'ticket-price' };

/** Lists a ticket, or changes one that is listed, beside a preview of its card. */
interface TicketFormProps {
  /** The ticket to change; without it, one is listed. */
  ticket?: Pick<Ticket, 'id' | 'title' | 'price'>;
  /** What the seller typed before they had to sign in. */
  draft?: Draft;
  /** What the marketplace keeps of the price. */
  fee: FeeRates;
  action: FormAction;
}

/** Lists a ticket, or changes one that is listed, beside a preview of its card. */
export const TicketForm = ({ ticket, draft, fee, action }: TicketFormProps) => {
  const router = useRouter();
  const { busy, problems, posted, form } = useForm(action, untouched, async (data) => {
    router.push(await saveTicket(api, data));
    return 'leaving';
  });
  const typed = {
    ...(ticket && { title: ticket.title, price: ticket.price.toFixed(2) }),
    ...draft,
    ...posted.values,
  };
  const [title, setTitle] = useState(typed.title ?? '');
  const [priceText, setPriceText] = useState(typed.price ?? '');

  return (
    <div className="row g-4">
      <div className="col-md-7">
        <Panel>
          <form {...form}>
            <ErrorSummary problems={problems} fields={FIELDS} />
            {ticket && <input type="hidden" name="id" value={ticket.id} />}
            <Field
              id={FIELDS.title}
              name="title"
              label="Event"
              hint="Artist or teams, venue and date."
              defaultValue={typed.title}
              onChange={setTitle}
              maxLength={TITLE_MAX_LENGTH + 50}
              problems={problems}
              autoComplete="off"
            />
            <Field
              id={FIELDS.price}
              name="price"
              label="Price in US dollars"
              prefix="$"
              hint={<Proceeds price={priceOf(priceText)} rates={fee} />}
              defaultValue={typed.price}
              onChange={setPriceText}
              problems={problems}
              inputMode="decimal"
              autoComplete="off"
            />
            <SubmitButton busy={busy} busyLabel="Saving…">
              {ticket ? 'Save changes' : 'List ticket'}
            </SubmitButton>
          </form>
        </Panel>
      </div>
      <div className="col-md-5" aria-hidden="true">
        <div className={styles.preview}>
          <TicketCard title={cleanTitle(title) || 'Your ticket'} price={priceOf(priceText)} note="Preview" />
        </div>
      </div>
    </div>
  );
};

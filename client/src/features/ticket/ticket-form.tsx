'use client';

import type { Ticket } from '@ticketing/common/api';
import { TITLE_MAX_LENGTH } from '@ticketing/common/limits';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { api } from '@/shared/api/browser';
import { statusOf } from '@/shared/api/errors';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { SubmitButton } from '@/shared/form/submit-button';
import { useSubmit } from '@/shared/form/use-submit';
import { signInPath } from '@/shared/next-path';
import { Panel } from '@/shared/ui/page';
import { TicketCard } from './ticket-card';
import styles from './ticket-form.module.css';
import { parsePrice, validatePrice, validateTitle } from './validation';

const FIELDS = { title: 'ticket-title', price: 'ticket-price' };

/** Lists a ticket, or changes one that is listed, beside a preview of its card. */
export const TicketForm = ({ ticket }: { ticket?: Pick<Ticket, 'id' | 'title' | 'price'> }) => {
  const router = useRouter();
  const { busy, problems, setProblems, submit } = useSubmit();
  const [title, setTitle] = useState(ticket?.title ?? '');
  const [priceText, setPriceText] = useState(ticket ? ticket.price.toFixed(2) : '');
  const price = parsePrice(priceText);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = [...validateTitle(title), ...validatePrice(priceText)];
    if (price === undefined || found.length > 0) return setProblems(found);
    return submit(async () => {
      const input = { title: title.trim(), price };
      try {
        const saved = ticket ? await api.updateTicket(ticket.id, input) : await api.createTicket(input);
        router.push(`/tickets/${saved.id}`);
      } catch (error) {
        const signedOut = statusOf(error) === 401 && !ticket;
        if (!signedOut) throw error;
        router.push(signInPath('/tickets/new'));
      }
      return 'leaving';
    });
  };

  return (
    <div className="row g-4">
      <div className="col-md-7">
        <Panel>
          <form onSubmit={onSubmit} noValidate>
            <ErrorSummary problems={problems} fields={FIELDS} />
            <Field
              id={FIELDS.title}
              name="title"
              label="Event"
              hint="Artist or teams, venue and date."
              value={title}
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
              value={priceText}
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
          <TicketCard title={title.trim() || 'Your ticket'} price={price ?? 0} note="Preview" />
        </div>
      </div>
    </div>
  );
};

'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useSubmit } from '@/shared/form/use-submit';
import { api } from '@/shared/api/browser';
import { ApiError } from '@/shared/api/errors';
import type { Ticket } from '@/shared/api/types';
import { signInPath } from '@/shared/next-path';
import { parsePrice, TITLE_MAX, validatePrice, validateTitle } from '@/shared/form/validation';
import { ErrorSummary, Field, SubmitButton } from '@/shared/form/form';
import { useLocale } from '@/shared/locale/locale';
import { TicketArt } from './ticket-art';
import { formatMoney } from '@/shared/locale/format';

const FIELDS = { title: 'ticket-title', price: 'ticket-price' };

/** Lists a ticket, or changes one that is listed, and shows meanwhile what it will look like. */
export const TicketForm = ({ ticket }: { ticket?: Pick<Ticket, 'id' | 'title' | 'price'> }) => {
  const router = useRouter();
  const locale = useLocale();
  const { busy, problems, setProblems, submit } = useSubmit();
  const [title, setTitle] = useState(ticket?.title ?? '');
  const [price, setPrice] = useState(ticket ? ticket.price.toFixed(2) : '');
  const amount = parsePrice(price);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = [...validateTitle(title), ...validatePrice(price)];
    if (found.length > 0) return setProblems(found);
    return submit(async () => {
      const input = { title: title.trim(), price: amount! };
      try {
        const saved = ticket ? await api.updateTicket(ticket.id, input) : await api.createTicket(input);
        router.push(`/tickets/${saved.id}`);
        return 'leaving';
      } catch (error) {
        const signedOut = error instanceof ApiError && error.status === 401 && !ticket;
        if (!signedOut) throw error;
        router.push(signInPath('/tickets/new'));
        return 'leaving';
      }
    });
  };

  return (
    <div className="split">
      <form className="panel" onSubmit={onSubmit} noValidate>
        <ErrorSummary problems={problems} fields={FIELDS} />
        <Field
          id={FIELDS.title}
          name="title"
          label="What is it for?"
          hint="The artist or teams, the place and the date."
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={TITLE_MAX + 50}
          problems={problems}
          autoComplete="off"
          required
        />
        <Field
          id={FIELDS.price}
          name="price"
          label="Price in US dollars"
          prefix="$"
          value={price}
          onChange={(event) => setPrice(event.target.value)}
          problems={problems}
          inputMode="decimal"
          autoComplete="off"
          required
        />
        <SubmitButton busy={busy} busyLabel="Saving…" className="w-100">
          {ticket ? 'Save changes' : 'Put it on sale'}
        </SubmitButton>
      </form>
      <div className="split__aside" aria-hidden="true">
        <div className="ticket-card ticket-card--preview">
          <div className="ticket-card__art">
            <TicketArt title={title.trim() || 'Your ticket'} />
          </div>
          <div className="ticket-card__stub">
            <p className="ticket-card__title">{title.trim() || 'Your ticket'}</p>
            <div className="ticket-card__foot">
              <span className="ticket-card__note">how people will see it</span>
              <span className="ticket-card__price" suppressHydrationWarning>
                {formatMoney(locale, amount ?? 0)}
              </span>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
};

import type { Payouts, Sale } from '@ticketing/common/api';
import { MinorMoney, Time } from '@/shared/locale/locale';
import { Badge, type Tone } from '@/shared/ui/badge';
import { NavLink } from '@/shared/ui/nav-link';

const badges: Record<Sale['status'], [Tone, string]> = {
  owed: ['success', 'Owed'],
  'on-hold': ['warning', 'On hold'],
  refunded: ['secondary', 'Refunded'],
  lost: ['danger', 'Dispute lost'],
};

/** What a state means for the seller. */
const meaning: Record<Sale['status'], string> = {
  owed: 'You’ll receive this.',
  'on-hold': 'The buyer disputes the charge. Their bank decides.',
  refunded: 'The buyer got their money back.',
  lost: 'The buyer’s bank took the money back.',
};

const Total = ({ label, amount, currency }: { label: string; amount: number; currency: string }) => (
  <div className="col-sm-4">
    <dt className="fw-normal text-body-secondary">{label}</dt>
    <dd className="fs-3 mb-0 figures">
      <MinorMoney amount={amount} currency={currency} />
    </dd>
  </div>
);

/** What a seller is owed, and for which sales. */
export const PayoutList = ({ payouts: { currency, owed, onHold, paid, sales } }: { payouts: Payouts }) => (
  <>
    <dl className="row g-3 mb-4">
      <Total label="Owed to you" amount={owed} currency={currency} />
      <Total label="On hold" amount={onHold} currency={currency} />
      <Total label="Paid out" amount={paid} currency={currency} />
    </dl>
    {sales.length === 0 ? (
      <p>No sales yet. What you sell appears here.</p>
    ) : (
      <div className="table-responsive" tabIndex={0} role="region" aria-label="Your sales">
        <table className="table align-middle">
          <thead>
            <tr>
              <th scope="col">Sold</th>
              <th scope="col" className="text-end">
                Price
              </th>
              <th scope="col" className="text-end">
                Service fee
              </th>
              <th scope="col" className="text-end">
                You receive
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {sales.map(({ orderId, ticketId, amount, fee, net, status, at }) => {
              const [tone, label] = badges[status];
              return (
                <tr key={orderId}>
                  <td>
                    {ticketId ? (
                      <NavLink href={`/tickets/${ticketId}`}>
                        <Time iso={at} />
                      </NavLink>
                    ) : (
                      <Time iso={at} />
                    )}
                  </td>
                  {[amount, fee, net].map((minor, column) => (
                    <td key={column} className="text-end figures">
                      <MinorMoney amount={minor} currency={currency} />
                    </td>
                  ))}
                  <td>
                    <Badge tone={tone}>{label}</Badge>
                    <div className="form-text">{meaning[status]}</div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    )}
  </>
);

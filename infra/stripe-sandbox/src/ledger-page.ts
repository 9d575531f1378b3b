import escape from 'escape-html';
import type { LedgerView } from './ledger';

const MAX_ROWS = 500;

type Cell = string | number | null | undefined;

/** A table of the newest rows first, with a column for each name in the rows. */
const table = (title: string, rows: Record<string, Cell>[]): string => {
  const shown = rows.slice(-MAX_ROWS).reverse();
  const note = rows.length > shown.length ? ` (the newest ${shown.length} are shown)` : '';
  const line = (tag: 'td' | 'th', cells: Cell[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(String(cell ?? ''))}</${tag}>`).join('')}</tr>`;
  return `<h2>${title}: ${rows.length}${note}</h2>
<table>
${[line('th', Object.keys(shown[0] ?? {})), ...shown.map((row) => line('td', Object.values(row)))].join('\n')}
</table>`;
};

const time = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The ledger for a browser: newest first, amounts in minor units. */
export const renderLedger = (ledger: LedgerView): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Stripe sandbox: ledger</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: 0.2rem 0.6rem; text-align: left; }
</style>
<h1>Stripe sandbox: ledger</h1>
<p>Amounts are in minor units. ${ledger.requests} requests since the start or the last reset.</p>
${table(
  'Charges',
  ledger.charges.map((charge) => ({
    id: charge.id,
    amount: `${charge.amount} ${charge.currency}`,
    refunded: `${charge.amount_refunded} ${charge.currency}`,
    status: charge.status,
    card: charge.payment_method_details?.card?.last4,
    reason: charge.failure_message,
    metadata: new URLSearchParams(charge.metadata).toString(),
    created: time(charge.created),
  })),
)}
${table(
  'Payment intents',
  ledger.intents.map((intent) => ({
    ...{ id: intent.id, amount: `${intent.amount} ${intent.currency}`, status: intent.status },
    charge: intent.latest_charge as string | null,
    metadata: new URLSearchParams(intent.metadata).toString(),
    created: time(intent.created),
  })),
)}
${table(
  'Refunds',
  ledger.refunds.map(({ id, charge, amount, currency, reason, created }) => ({
    ...{ id, charge: charge as string, amount: `${amount} ${currency}`, reason },
    created: time(created),
  })),
)}
${table(
  'Idempotency keys',
  ledger.idempotencyKeys.map(({ created, ...key }) => ({ ...key, created: time(created) })),
)}
</html>
`;

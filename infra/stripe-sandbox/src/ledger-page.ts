import type { LedgerView } from './ledger';

const MAX_ROWS = 500;

const escape = (value: unknown): string =>
  String(value ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const table = (title: string, header: string[], rows: unknown[][]): string => {
  const shown = rows.slice(-MAX_ROWS).reverse();
  const note = rows.length > shown.length ? ` <small>(the newest ${shown.length} are shown)</small>` : '';
  const cells = (tag: 'td' | 'th', row: unknown[]) =>
    `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<h2>${escape(title)}: ${rows.length}${note}</h2>
<table><thead>${cells('th', header)}</thead><tbody>${shown.map((row) => cells('td', row)).join('\n')}</tbody></table>`;
};

const money = (amount: number, currency: string): string => `${amount} ${currency}`;
const time = (seconds: number): string => new Date(seconds * 1000).toISOString();
const pairs = (metadata: Record<string, string> | null): string =>
  Object.entries(metadata ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** The ledger for a person: newest first, amounts in minor units. */
export const renderLedger = ({ charges, refunds, idempotencyKeys, requests }: LedgerView): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Stripe sandbox: ledger</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: 0.2rem 0.6rem; text-align: left; }
</style>
</head>
<body>
<h1>Stripe sandbox: ledger</h1>
<p>Amounts are in minor units. ${requests} requests since the start or the last reset.</p>
${table(
  'Charges',
  ['id', 'amount', 'refunded', 'status', 'card', 'reason', 'metadata', 'created'],
  charges.map((charge) => [
    charge.id,
    money(charge.amount, charge.currency),
    money(charge.amount_refunded, charge.currency),
    charge.status,
    charge.payment_method_details?.card?.last4,
    charge.failure_message,
    pairs(charge.metadata),
    time(charge.created),
  ]),
)}
${table(
  'Refunds',
  ['id', 'charge', 'amount', 'reason', 'created'],
  refunds.map((refund) => [
    refund.id,
    refund.charge,
    money(refund.amount, refund.currency),
    refund.reason,
    time(refund.created),
  ]),
)}
${table(
  'Idempotency keys',
  ['key', 'path', 'status', 'object', 'created'],
  idempotencyKeys.map(({ key, path, status, object, created }) => [key, path, status, object, time(created)]),
)}
</body>
</html>
`;

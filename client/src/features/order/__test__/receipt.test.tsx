import { render, screen, within } from '@testing-library/react';
import { anOrder, aPayment } from '@/test/samples';
import { receiptAmounts } from '../receipt-amounts';
import { ReceiptSheet } from '../receipt-sheet';

const aDispute = (status: string) => ({ id: 'dp_1', status, reason: 'fraudulent' });
const complete = anOrder({ status: 'complete' });
const rows = () =>
  screen.getAllByRole('row').map((row) => ({
    name: within(row).getByRole('rowheader').textContent,
    amount: within(row).getByRole('cell').textContent,
  }));

describe('when a paid order’s receipt is made', () => {
  test.each([
    [{}, undefined, 2_000],
    [{ amountRefunded: 500 }, { amount: 500, label: 'Refunded in part' }, 1_500],
    [{ status: 'refunding' }, { amount: 2_000, label: 'Refund in progress' }, 0],
    [{ status: 'refunded' }, { amount: 2_000, label: 'Refunded' }, 0],
    [{ dispute: aDispute('lost') }, { amount: 2_000, label: 'Returned by your bank' }, 0],
    [{ dispute: aDispute('needs_response') }, undefined, 2_000],
  ] as const)('then a payment with %j adds up', (changes, back, total) => {
    expect(receiptAmounts(complete, aPayment(changes))).toMatchObject({ paid: 2_000, back, total });
  });

  test('then the price stands for a payment that is not known', () => {
    expect(receiptAmounts(complete)).toEqual({
      currency: 'usd',
      paid: 2_000,
      fee: undefined,
      back: undefined,
      total: 2_000,
    });
  });

  test('then it has the ticket, the fee, what was given back, and the total', () => {
    const order = { ...complete, fee: 130 };
    render(
      <ReceiptSheet order={order} payment={aPayment({ amountRefunded: 500 })} buyer="ada@example.com" />,
    );
    expect(rows()).toEqual([
      { name: 'Radiohead, Zenith1 ticket, service fee of $1.30 included', amount: '$20.00' },
      { name: 'Refunded in part', amount: '-$5.00' },
      { name: 'Total', amount: '$15.00' },
    ]);
    expect(screen.getByText('ORDE-R-1')).toBeInTheDocument();
    expect(screen.getByText('ada@example.com')).toBeInTheDocument();
    expect(screen.queryByText(/ch_1/)).not.toBeInTheDocument();
  });

  test('then it is printed on request', () => {
    window.print = jest.fn();
    render(<ReceiptSheet order={complete} payment={aPayment()} buyer="ada@example.com" />);
    screen.getByRole('button', { name: 'Print' }).click();
    expect(window.print).toHaveBeenCalledTimes(1);
  });
});

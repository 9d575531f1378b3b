import { render } from '@testing-library/react';
import { anOrder } from '@/test/samples';
import { OrderSummary } from '../order-summary';

jest.mock('next/navigation', () => jest.requireActual('@/test/navigation').navigation);

test.each([
  [130, /Includes a service fee of \$1\.30\./],
  [0, /^(?!.*service fee)/],
  [undefined, /^(?!.*service fee)/],
])('when an order’s fee is %s, then its summary says so, or nothing of a fee', (fee, expected) => {
  const { container } = render(<OrderSummary order={anOrder({ fee })} kind="complete" renderedAt={0} />);
  expect(container).toHaveTextContent(expected);
});

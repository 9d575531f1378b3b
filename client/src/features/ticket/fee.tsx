import { CURRENCY, serviceFee, toMinorUnits, type FeeRates } from '@ticketing/common/limits';
import { MinorMoney } from '@/shared/locale/locale';

interface FeeProps {
  /** Major units; undefined while it is being typed. */
  price?: number;
  rates: FeeRates;
}

/** Tells a buyer what the price includes; nothing where there is no fee. */
export const FeeIncluded = ({ price = 0, rates }: FeeProps) => {
  const fee = serviceFee(toMinorUnits(price), rates);
  if (fee === 0) return null;
  return (
    <>
      Includes a service fee of <MinorMoney amount={fee} currency={CURRENCY} />.
    </>
  );
};

/** Tells a seller what they receive of the price. */
export const Proceeds = ({ price, rates }: FeeProps) => {
  if (price === undefined) return <>What you receive is shown here.</>;
  const minor = toMinorUnits(price);
  const fee = serviceFee(minor, rates);
  return (
    <>
      You receive <MinorMoney amount={minor - fee} currency={CURRENCY} /> when it’s sold
      {fee > 0 && (
        <>
          {' '}
          (service fee: <MinorMoney amount={fee} currency={CURRENCY} />)
        </>
      )}
      .
    </>
  );
};

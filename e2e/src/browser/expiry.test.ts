import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';

/** At BASE_URL the window may be the usual quarter of an hour. */
const TIMEOUT_MS = 17 * 60_000;
const shop = useShop({ windowSeconds: 10 });

describe('when a buyer lets the time run out', () => {
  test(
    'then the countdown, the order’s end and the ticket’s return are seen live',
    async () => {
      const seller = await (await shop.visitor()).signedUp();
      const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
      const buyer = await (await shop.visitor()).signedUp();
      const other = await (await shop.visitor()).signedUp();
      await Promise.all([buyer.go(path), other.go(path)]);
      await buyer.buys();
      await other.sees(/Another buyer has reserved this ticket/);

      const face = async () => {
        const [minutes, seconds] = (await buyer.page.getByRole('timer').innerText()).split(':').map(Number);
        return minutes! * 60 + seconds!;
      };
      const before = await face();
      await buyer.page.waitForTimeout(2_000);
      const passed = before - (await face());
      expect(passed).toBeGreaterThanOrEqual(1);
      expect(passed).toBeLessThanOrEqual(4);

      await buyer.page
        .getByRole('heading', { name: 'Your reservation has expired' })
        .waitFor({ timeout: TIMEOUT_MS });
      await other.page.getByRole('button', { name: 'Buy this ticket' }).waitFor();
      await other.buys();
    },
    TIMEOUT_MS + 60_000,
  );
});

'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { NavLink } from '@/shared/ui/nav-link';
import { clockFace } from '../countdown/time-left';
import { useSecondsLeft } from '../countdown/use-seconds-left';
import styles from './order-bar.module.css';
import type { Held } from './held';
import { useHeldOrder } from './use-held-order';

const Bar = ({ held: { order, readAt }, onOver }: { held: Held; onOver: () => void }) => {
  const seconds = useSecondsLeft(order.expiresAt, readAt);
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <aside className={styles.bar} aria-label="Your reservation">
      <div className={`container ${styles.content}`}>
        <p className={styles.text}>
          <span className={styles.title}>{order.ticket.title}</span>
          <span className={styles.left}>
            held for you <span className="figures">{clockFace(seconds)}</span>
          </span>
        </p>
        <NavLink className={`btn btn-primary ${styles.pay}`} href={`/orders/${order.id}`}>
          Continue to payment
        </NavLink>
      </div>
    </aside>
  );
};

/** A ticket that is held for the visitor, for how long, and the way back to paying; not on the order's own page. */
export const OrderBar = ({ initial }: { initial?: Held }) => {
  const pathname = usePathname();
  const { held, forget } = useHeldOrder(pathname, initial);
  if (!held || pathname === `/orders/${held.order.id}`) return null;
  return <Bar key={held.order.id} held={held} onOver={forget} />;
};

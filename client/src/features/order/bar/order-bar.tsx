'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { NavLink } from '@/shared/ui/nav-link';
import { clockFace } from '../countdown/time-left';
import { useSecondsLeft } from '../countdown/use-seconds-left';
import styles from './order-bar.module.css';
import type { Held, HeldOrders } from './held';
import { orderPath, useHeldOrder } from './use-held-order';

const Bar = ({ held, onOver }: { held: Held; onOver: () => void }) => {
  const { order, readAt } = held;
  const seconds = useSecondsLeft(order.expiresAt, readAt);
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <aside className={`d-print-none ${styles.bar}`} aria-label="Your reservation">
      <div className={`container ${styles.content}`}>
        <p className={styles.text}>
          <span className={styles.title}>
            <bdi>{order.ticket.title}</bdi>
          </span>
          <span className={styles.left}>
            held for you <span className="figures">{clockFace(seconds)}</span>
          </span>
        </p>
        <NavLink className={`btn btn-primary ${styles.pay}`} href={orderPath(held)}>
          Continue to payment
        </NavLink>
      </div>
    </aside>
  );
};

/** A ticket that is held for the visitor, for how long, and the way back to paying; not on the order's own pages. */
export const OrderBar = ({ initial }: { initial: HeldOrders }) => {
  const pathname = usePathname();
  const { held, forget } = useHeldOrder(pathname, initial);
  if (!held || pathname.startsWith(orderPath(held))) return null;
  return <Bar key={held.order.id} held={held} onOver={forget} />;
};

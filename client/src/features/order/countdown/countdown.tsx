'use client';

import { clsx } from 'clsx';
import styles from './countdown.module.css';
import { clockFace, milestone, spoken } from './time-left';
import { useSecondsLeft } from './use-seconds-left';

export interface Hold {
  createdAt: string;
  expiresAt: string;
  /** The server's clock when the page was rendered. */
  renderedAt: number;
}

const RADIUS = 52;
const LENGTH = 2 * Math.PI * RADIUS;
const HURRY_SECONDS = 60;

/** How long the ticket is held: a ring for the eye, milestones for the ear. */
export const Countdown = ({ createdAt, expiresAt, renderedAt }: Hold) => {
  const seconds = useSecondsLeft(expiresAt, renderedAt);
  const total = Math.max(1, (Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000);
  const left = Math.min(1, seconds / total);
  return (
    <div className={clsx(styles.countdown, seconds <= HURRY_SECONDS && styles.hurry)}>
      <svg className={styles.ring} viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle className={styles.track} cx="60" cy="60" r={RADIUS} />
        <circle
          className={styles.left}
          cx="60"
          cy="60"
          r={RADIUS}
          transform="rotate(-90 60 60)"
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - left)}
          suppressHydrationWarning
        />
      </svg>
      <div className="d-flex flex-column">
        <span
          className={`figures ${styles.time}`}
          role="timer"
          aria-label="Time left to pay"
          suppressHydrationWarning
        >
          {clockFace(seconds)}
        </span>
        <span className="text-body-secondary">left to pay</span>
      </div>
      <span className="visually-hidden" aria-live="polite">
        {spoken(milestone(seconds))}
      </span>
    </div>
  );
};

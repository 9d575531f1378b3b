import type { Wanted } from './obtain';
import { goBuild } from './release';

const PROGRAM = 'stripe-mock';

/** Stripe's own stand-in for its API: it refuses what the API's description does not allow, and answers examples. */
export const stripeMock: Wanted = {
  title: 'stripe-mock',
  program: PROGRAM,
  variable: 'TICKETING_STRIPE_MOCK',
  advice: `install ${PROGRAM}, or Go, which builds it`,
  sources: [goBuild({ program: PROGRAM, version: '0.203.0', module: 'github.com/stripe/stripe-mock' })],
};

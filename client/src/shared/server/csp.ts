/** Hosts that Stripe requires for its card field: https://docs.stripe.com/security/guide */
const stripe = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connect: ['https://api.stripe.com'],
};

interface Policy {
  nonce: string;
  withStripe: boolean;
  development?: boolean;
}

/** Allows the shop's own origin, inline scripts by nonce, and Stripe where it is used. */
export const contentSecurityPolicy = ({ nonce, withStripe, development = false }: Policy): string => {
  const own = "'self'";
  const directives: Record<string, string[]> = {
    'default-src': [own],
    // React needs eval for its error stacks in development only.
    'script-src': [
      own,
      `'nonce-${nonce}'`,
      ...(development ? ["'unsafe-eval'"] : []),
      ...(withStripe ? stripe.script : []),
    ],
    'style-src': [own, ...(development ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    'img-src': [own, 'data:'],
    'font-src': [own],
    'connect-src': [own, ...(withStripe ? stripe.connect : [])],
    'frame-src': withStripe ? stripe.frame : ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': [own],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
};

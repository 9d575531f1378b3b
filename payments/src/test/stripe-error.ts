/** An error as the Stripe SDK throws it. */
export const stripeError = (type: string, statusCode: number, message: string, param?: string): Error =>
  Object.assign(new Error(message), { type, statusCode, param });

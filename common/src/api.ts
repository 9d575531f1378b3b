/**
 * The HTTP API's types, generated from docs/openapi.yaml by `npm run docs:generate`: change the document, not this file.
 */

export interface paths {
  '/api/users/signup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Create an account and sign in */
    post: operations['signUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/signin': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in
     * @description An unknown email and a wrong password get the same answer.
     */
    post: operations['signIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/signout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign out
     * @description Clears the session cookie, and ends the session: no service accepts a copy of the cookie any more. Harmless without
     *     one.
     */
    post: operations['signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/currentuser': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who is signed in
     * @description Answers null, not an error, without a session.
     */
    get: operations['currentUser'];
    /**
     * Change the email or the password
     * @description At least one of email and password is needed, and the current password always. A new password ends all sessions of
     *     the user but the one that the answer begins.
     */
    put: operations['updateUser'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tickets that can be bought now, or the user's own
     * @description Without `seller` the answer holds tickets that can be bought now, for every visitor. With `seller=me` it holds the
     *     user's own tickets in any state, and requires a session. The next page, if there is one, is in the `Link` header.
     */
    get: operations['listTickets'];
    put?: never;
    /** Put a ticket on sale */
    post: operations['createTicket'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/tickets/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    /** One ticket, in any state */
    get: operations['showTicket'];
    /**
     * Change title and price
     * @description For the seller, while the ticket is not reserved and not sold. Updates of the same ticket that meet are
     *     retried inside the route; 409 says that every attempt was overtaken.
     */
    put: operations['updateTicket'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/tickets/{id}/withdrawal': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a ticket off sale
     * @description For the seller, while the ticket is not reserved and not sold; one that is withdrawn already stays so. An order
     *     placed at the same moment is cancelled, with the reason `withdrawn`.
     */
    post: operations['withdrawTicket'];
    /**
     * Put a withdrawn ticket back on sale
     * @description For the seller; a ticket that is not withdrawn stays as it is.
     */
    delete: operations['relistTicket'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own orders
     * @description Oldest first, each with its ticket as it was when it was ordered.
     */
    get: operations['listOrders'];
    put?: never;
    /**
     * Reserve a ticket
     * @description The ticket is locked for the buyer until `expiresAt`, at the price of the order. Of many buyers at the same
     *     time one gets 201 and the others 400.
     *
     *     With `ticketVersion`, the version that the buyer saw, the order is refused with 409 when the price has changed
     *     since.
     */
    post: operations['createOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{orderId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a03
         */
        orderId: components['parameters']['OrderId'];
      };
      cookie?: never;
    };
    /** One of the user's orders */
    get: operations['showOrder'];
    put?: never;
    post?: never;
    /**
     * Cancel an order
     * @description The ticket is on sale again. An order that is cancelled already stays so. A charge that was in flight is
     *     refunded.
     */
    delete: operations['cancelOrder'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{orderId}/refund': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a03
         */
        orderId: components['parameters']['OrderId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refund a complete order
     * @description For the seller of its ticket, for two weeks after the sale (`REFUND_WINDOW_HOURS`). The order is cancelled, with the
     *     reason `refunded`, the buyer gets the whole price back, and the ticket goes on sale again or is withdrawn. An order
     *     that was refunded already stays as it is, also what became of its ticket.
     */
    post: operations['refundOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payouts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the user gets for the tickets that they have sold
     * @description The totals are of all the user's sales, `sales` is one page of them, newest first. The next page, if there is one,
     *     is in the `Link` header. Nothing is paid out yet: `paid` is 0.
     */
    get: operations['listPayouts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The charges of one of the user's orders */
    get: operations['listPayments'];
    put?: never;
    /**
     * Pay for an order
     * @description Charges the card at most once for an order, the order's price. Where the sandbox takes Stripe's place, tokens
     *     such as `tok_visa` and `tok_chargeDeclined` stand for cards.
     */
    post: operations['pay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/intents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A PaymentIntent for an order, to be confirmed in the browser
     * @description Call it when the buyer submits the form, and confirm with Stripe.js and the client secret. A repeated call gives the
     *     same intent, and tells the orders service that the buyer is paying: shortly before the hold's end that extends it,
     *     once. Amount and metadata are set by the server.
     */
    post: operations['openIntent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/intents/{id}/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The payment of an intent, as Stripe sees it now
     * @description For the page that the buyer returns to: Stripe is asked, and the outcome recorded, whether or not its webhook has
     *     arrived. Answers the payment; `open` with a `message` is a declined card, and another can be tried.
     */
    post: operations['refreshIntent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stripe's events
     * @description For Stripe only. The signature is checked on the body as it was sent; an event is stored before the response, and
     *     handled after it. Unknown types and events that came before are accepted and change nothing.
     */
    post: operations['stripeWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
    get: operations['liveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the service can be sent requests */
    get: operations['readiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * @description 24 hexadecimal digits
     * @example 68f1c0de5a4b3c2d1e0f9a01
     */
    Id: string;
    ErrorBody: {
      errors: {
        message: string;
        /** @description The input that the message is about */
        field?: string;
      }[];
    };
    /** @description Documents whose events the bus does not have, as the last sweep found them, and events on their way. Absent in a service that has no outbox. */
    OutboxDepth: number;
    /** @description Of payments: how many a person has to look at, since they could not be settled in many tries */
    NeedsAttention: number;
    /**
     * @description While a marketplace moves between two event buses: whether the one that is only listened to is there. The service is ready without.
     * @example NATS Streaming is connected
     */
    OtherBus: string;
    Declined: {
      errors: {
        /** @description Stripe's reason */
        message: string;
      }[];
      /** @description How many other cards may be tried before `expiresAt`; absent when the order ends */
      attemptsLeft?: number;
    };
    /**
     * @example {
     *       "email": "ada@example.com",
     *       "password": "correct-horse"
     *     }
     */
    NewCredentials: {
      /**
       * Format: email
       * @description Kept in lower case
       */
      email: string;
      /** @description None of the most common ones */
      password: string;
    };
    /**
     * @example {
     *       "email": "ada@example.com",
     *       "password": "correct-horse"
     *     }
     */
    Credentials: {
      /** Format: email */
      email: string;
      password: string;
    };
    /**
     * @example {
     *       "email": "ada.lovelace@example.com",
     *       "currentPassword": "correct-horse"
     *     }
     */
    UserChanges: {
      /** Format: email */
      email?: string;
      /** @description None of the most common ones */
      password?: string;
      currentPassword: string;
    };
    /**
     * @example {
     *       "id": "68f1c0de5a4b3c2d1e0f9a01",
     *       "email": "ada@example.com"
     *     }
     */
    User: {
      id: components['schemas']['Id'];
      /** Format: email */
      email: string;
    };
    /**
     * @description In dollars, with at most two decimals
     * @example 20.5
     */
    Price: number;
    /**
     * @example {
     *       "title": "A concert in the park",
     *       "price": 20.5
     *     }
     */
    TicketInput: {
      /** @description Kept without control characters, and without those that turn the writing direction */
      title: string;
      /**
       * @description In dollars, with at most two decimals; no less than Stripe charges a card
       * @example 20.5
       */
      price: number;
    };
    /**
     * @example {
     *       "id": "68f1c0de5a4b3c2d1e0f9a02",
     *       "title": "A concert in the park",
     *       "price": 20.5,
     *       "userId": "68f1c0de5a4b3c2d1e0f9a01",
     *       "version": 0,
     *       "status": "available",
     *       "seller": {
     *         "id": "68f1c0de5a4b3c2d1e0f9a01",
     *         "name": "ada"
     *       },
     *       "createdAt": "2026-01-01T12:00:00.000Z"
     *     }
     */
    Ticket: {
      id: components['schemas']['Id'];
      title: string;
      price: components['schemas']['Price'];
      /** @description Who sells it */
      userId: string;
      /** @description Moves by one with every change */
      version: number;
      /**
       * @description withdrawn: its seller has taken it off sale
       * @enum {string}
       */
      status: 'available' | 'reserved' | 'sold' | 'withdrawn';
      /** @description The order that has the ticket reserved or bought */
      orderId?: components['schemas']['Id'];
      seller?: {
        id: string;
        /** @description How the seller is shown to others */
        name: string;
      };
      /** Format: date-time */
      createdAt: string;
    };
    /**
     * @example {
     *       "ticketId": "68f1c0de5a4b3c2d1e0f9a02",
     *       "ticketVersion": 0
     *     }
     */
    OrderInput: {
      ticketId: components['schemas']['Id'];
      /** @description The version of the ticket that the buyer saw */
      ticketVersion?: number;
    };
    /**
     * @example {
     *       "id": "68f1c0de5a4b3c2d1e0f9a03",
     *       "status": "created",
     *       "userId": "68f1c0de5a4b3c2d1e0f9a05",
     *       "expiresAt": "2026-01-01T12:15:00.000Z",
     *       "version": 0,
     *       "fee": 133,
     *       "ticket": {
     *         "id": "68f1c0de5a4b3c2d1e0f9a02",
     *         "title": "A concert in the park",
     *         "price": 20.5,
     *         "version": 0
     *       },
     *       "createdAt": "2026-01-01T12:00:00.000Z"
     *     }
     */
    Order: {
      id: components['schemas']['Id'];
      /** @enum {string} */
      status: 'created' | 'cancelled' | 'awaiting:payment' | 'complete';
      /** @description Who buys */
      userId: string;
      /**
       * Format: date-time
       * @description Until when the ticket is locked for the buyer; a payment started shortly before extends it, once
       */
      expiresAt: string;
      version: number;
      /**
       * @description Why the order was cancelled. withdrawn: by the seller, at the moment it was placed. refunded: it was complete,
       *     and the money went back.
       * @enum {string}
       */
      reason?: 'buyer' | 'expired' | 'payment-failed' | 'withdrawn' | 'refunded';
      /** @description The part of the price that the marketplace keeps, in cents; the seller gets the rest */
      fee?: number;
      /**
       * @description Who refunded an order that was complete
       * @enum {string}
       */
      refundedBy?: 'seller' | 'marketplace';
      /**
       * Format: date-time
       * @description When the payment completed it
       */
      completedAt?: string;
      ticket: {
        id: components['schemas']['Id'];
        title: string;
        /** @description What the buyer pays */
        price: components['schemas']['Price'];
        version: number;
      };
      /** Format: date-time */
      createdAt: string;
    };
    /**
     * @example {
     *       "relist": true
     *     }
     */
    RefundInput: {
      /** @description Whether the ticket goes on sale again; else it is withdrawn */
      relist: boolean;
    };
    /**
     * @example {
     *       "token": "tok_visa",
     *       "orderId": "68f1c0de5a4b3c2d1e0f9a03"
     *     }
     */
    PaymentInput: {
      /** @description What Stripe gave for the card */
      token: string;
      orderId: components['schemas']['Id'];
    };
    /**
     * @example {
     *       "currency": "usd",
     *       "owed": 1917,
     *       "onHold": 0,
     *       "paid": 0,
     *       "sales": [
     *         {
     *           "orderId": "68f1c0de5a4b3c2d1e0f9a03",
     *           "ticketId": "68f1c0de5a4b3c2d1e0f9a02",
     *           "amount": 2050,
     *           "fee": 133,
     *           "net": 1917,
     *           "status": "owed",
     *           "at": "2026-01-01T12:01:00.000Z"
     *         }
     *       ]
     *     }
     */
    Payouts: {
      currency: string;
      /** @description What is to be paid to the seller, in cents */
      owed: number;
      /** @description What is held while a buyer's bank decides about a dispute */
      onHold: number;
      /** @description What has been paid to the seller */
      paid: number;
      sales: components['schemas']['Sale'][];
    };
    /**
     * @example {
     *       "orderId": "68f1c0de5a4b3c2d1e0f9a03",
     *       "ticketId": "68f1c0de5a4b3c2d1e0f9a02",
     *       "amount": 2050,
     *       "fee": 133,
     *       "net": 1917,
     *       "status": "owed",
     *       "at": "2026-01-01T12:01:00.000Z"
     *     }
     */
    Sale: {
      orderId: components['schemas']['Id'];
      ticketId?: components['schemas']['Id'];
      /** @description What the buyer paid, in cents */
      amount: number;
      /** @description What the marketplace keeps of it; 0 when the sale is undone */
      fee: number;
      /** @description What the seller gets; 0 when the sale is undone */
      net: number;
      /**
       * @description on-hold: the buyer disputes the charge, and their bank has not decided. refunded: all is or will be given
       *     back. lost: the bank has decided for the buyer.
       * @enum {string}
       */
      status: 'owed' | 'on-hold' | 'refunded' | 'lost';
      /** Format: date-time */
      at: string;
    };
    /**
     * @example {
     *       "id": "68f1c0de5a4b3c2d1e0f9a04",
     *       "orderId": "68f1c0de5a4b3c2d1e0f9a03",
     *       "amount": 2050,
     *       "currency": "usd",
     *       "status": "succeeded",
     *       "stripeId": "ch_3f2a9c1b7d5e4a6b8c0d1e2f",
     *       "createdAt": "2026-01-01T12:01:00.000Z"
     *     }
     */
    Payment: {
      id: components['schemas']['Id'];
      orderId: components['schemas']['Id'];
      /** @description In the minor unit of the currency */
      amount: number;
      currency: string;
      /**
       * @description open: a PaymentIntent that the buyer can confirm; a declined card leaves it open, with message and attemptsLeft.
       *     pending: the outcome is not known yet. failed: the card was declined; the order can be paid with another while
       *     attemptsLeft says so. rejected: never a charge, the order can be paid anew. refunding: charged for an order that
       *     was cancelled. refunded: given back, for that reason or by the seller.
       * @enum {string}
       */
      status: 'open' | 'pending' | 'succeeded' | 'failed' | 'rejected' | 'refunding' | 'refunded';
      /** @description Stripe's id of the charge */
      stripeId?: string;
      /** @description Stripe's id of the refund */
      stripeRefundId?: string;
      /** @description What has been given back so far, in minor units */
      amountRefunded?: number;
      /** @description The buyer's bank holds the money until the dispute is won or lost */
      dispute?: {
        /** @description Stripe's id of the dispute */
        id: string;
        /** @description Stripe's: needs_response, under_review, won, lost and others */
        status: string;
        /** @description Stripe's: fraudulent, product_not_received and others */
        reason: string;
      };
      /** @description Why the charge failed */
      message?: string;
      /** @description Of a declined card: how many others may be tried */
      attemptsLeft?: number;
      /** Format: date-time */
      createdAt: string;
    };
    /**
     * @example {
     *       "orderId": "68f1c0de5a4b3c2d1e0f9a03"
     *     }
     */
    PaymentIntentInput: {
      orderId: components['schemas']['Id'];
    };
    /**
     * @example {
     *       "id": "68f1c0de5a4b3c2d1e0f9a04",
     *       "clientSecret": "pi_3f2a9c1b7d5e4a6b8c0d1e2f_secret_0a1b2c3d4e5f",
     *       "amount": 2050,
     *       "currency": "usd"
     *     }
     */
    PaymentIntent: {
      id: components['schemas']['Id'];
      /** @description For Stripe.js: it lets its holder pay, once, and see the outcome */
      clientSecret: string;
      /** @description In the minor unit of the currency */
      amount: number;
      currency: string;
    };
  };
  responses: {
    /** @description The request is not valid */
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "limit must be a whole number from 1 to 100",
         *           "field": "limit"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description Not signed in, or another user's resource */
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "Not authorized"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description There is no such thing */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "Not found"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description Another request changed it at the same time; a retry can succeed */
    Conflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "This was changed by someone else at the same moment; please try again"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The body is larger than 100 kB */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "request entity too large"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description Too many attempts, by an account or from an address */
    TooManyRequests: {
      headers: {
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "Too many attempts; please wait a little and try again"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description Unexpected (500), or a server that the service depends on is not available (502, 503, 504) */
    Unexpected: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        /**
         * @example {
         *       "errors": [
         *         {
         *           "message": "Something went wrong"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['ErrorBody'];
      };
    };
  };
  parameters: {
    /**
     * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
     * @example 68f1c0de5a4b3c2d1e0f9a02
     */
    TicketId: string;
    /**
     * @description The order's id; one that cannot be an id is 404, as an unknown one is
     * @example 68f1c0de5a4b3c2d1e0f9a03
     */
    OrderId: string;
  };
  requestBodies: never;
  headers: {
    /**
     * @description The session, httpOnly and SameSite=Lax, for a week
     * @example session=eyJqd3QiOiJleUpoYkdjaU9pSklVekkxTmlKOSJ9; path=/; samesite=lax; httponly
     */
    SetSession: string;
    /**
     * @description Removes the session, when there was one
     * @example session=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly
     */
    ClearSession: string;
    /**
     * @description In how many seconds another attempt may be made
     * @example 42
     */
    RetryAfter: number;
    /**
     * @description The next page; absent on the last one
     * @example </api/tickets?limit=50&cursor=eyJpZCI6IjY4ZjFjMGRlIn0>; rel="next"
     */
    Link: string;
  };
  pathItems: never;
}
export type Id = components['schemas']['Id'];
export type ErrorBody = components['schemas']['ErrorBody'];
export type OutboxDepth = components['schemas']['OutboxDepth'];
export type NeedsAttention = components['schemas']['NeedsAttention'];
export type OtherBus = components['schemas']['OtherBus'];
export type Declined = components['schemas']['Declined'];
export type NewCredentials = components['schemas']['NewCredentials'];
export type Credentials = components['schemas']['Credentials'];
export type UserChanges = components['schemas']['UserChanges'];
export type User = components['schemas']['User'];
export type Price = components['schemas']['Price'];
export type TicketInput = components['schemas']['TicketInput'];
export type Ticket = components['schemas']['Ticket'];
export type OrderInput = components['schemas']['OrderInput'];
export type Order = components['schemas']['Order'];
export type RefundInput = components['schemas']['RefundInput'];
export type PaymentInput = components['schemas']['PaymentInput'];
export type Payouts = components['schemas']['Payouts'];
export type Sale = components['schemas']['Sale'];
export type Payment = components['schemas']['Payment'];
export type PaymentIntentInput = components['schemas']['PaymentIntentInput'];
export type PaymentIntent = components['schemas']['PaymentIntent'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseTooLarge = components['responses']['TooLarge'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseUnexpected = components['responses']['Unexpected'];
export type ParameterTicketId = components['parameters']['TicketId'];
export type ParameterOrderId = components['parameters']['OrderId'];
export type HeaderSetSession = components['headers']['SetSession'];
export type HeaderClearSession = components['headers']['ClearSession'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type HeaderLink = components['headers']['Link'];
export type $defs = Record<string, never>;
export interface operations {
  signUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCredentials'];
      };
    };
    responses: {
      /** @description The new account; the session cookie is set */
      201: {
        headers: {
          'Set-Cookie': components['headers']['SetSession'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description The email or the password is not valid, the password is a common one, or the email is in use */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Email in use",
           *           "field": "email"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description The account; the session cookie is set */
      200: {
        headers: {
          'Set-Cookie': components['headers']['SetSession'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description The email and password do not belong together, or one is missing */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Invalid credentials"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description End all sessions of the user
           * @default false
           */
          everywhere?: boolean;
        };
      };
    };
    responses: {
      /** @description Signed out */
      200: {
        headers: {
          'Set-Cookie': components['headers']['ClearSession'];
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      400: components['responses']['BadRequest'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  currentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The account of the session, or null */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "currentUser": {
           *         "id": "68f1c0de5a4b3c2d1e0f9a01",
           *         "email": "ada@example.com"
           *       }
           *     }
           */
          'application/json': {
            currentUser: components['schemas']['User'] | null;
          };
        };
      };
      '5XX': components['responses']['Unexpected'];
    };
  };
  updateUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada.lovelace@example.com",
         *       "currentPassword": "correct-horse"
         *     }
         */
        'application/json': components['schemas']['UserChanges'];
      };
    };
    responses: {
      /** @description The changed account; the session cookie is renewed */
      200: {
        headers: {
          'Set-Cookie': components['headers']['SetSession'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description A value is not valid, the email is in use, or the current password is wrong */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The current password is not right",
           *           "field": "currentPassword"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  listTickets: {
    parameters: {
      query?: {
        /**
         * @description Words to look for in the title: runs of letters and digits, each the beginning of a word of it. Other text without any word finds nothing; blank text is no search.
         * @example concert
         */
        q?: string;
        /**
         * @description The greatest number of tickets in a page
         * @example 50
         */
        limit?: number;
        /** @description Where the page begins; opaque, from the `Link` header of the page before */
        cursor?: string;
        /**
         * @description newest first, cheapest first (price) or dearest first (-price)
         * @example newest
         */
        sort?: 'newest' | 'price' | '-price';
        /** @description Only the user's own tickets, in any state */
        seller?: 'me';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of tickets */
      200: {
        headers: {
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "68f1c0de5a4b3c2d1e0f9a02",
           *         "title": "A concert in the park",
           *         "price": 20.5,
           *         "userId": "68f1c0de5a4b3c2d1e0f9a01",
           *         "version": 0,
           *         "status": "available",
           *         "seller": {
           *           "id": "68f1c0de5a4b3c2d1e0f9a01",
           *           "name": "ada"
           *         },
           *         "createdAt": "2026-01-01T12:00:00.000Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Ticket'][];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  createTicket: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TicketInput'];
      };
    };
    responses: {
      /** @description The new ticket */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description The title or the price is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Price must be in whole cents, at least 0.50 and at most 999,999.99",
           *           "field": "price"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  showTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The ticket, with the order that has it while it is reserved or sold */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      404: components['responses']['NotFound'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  updateTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TicketInput'];
      };
    };
    responses: {
      /** @description The changed ticket */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description The title or the price is not valid, or the ticket is reserved or sold */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The ticket is reserved and cannot be edited"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  withdrawTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The withdrawn ticket */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description The ticket is reserved or sold */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The ticket is reserved and cannot be withdrawn"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  relistTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The ticket's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a02
         */
        id: components['parameters']['TicketId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The ticket */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  listOrders: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The orders */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "68f1c0de5a4b3c2d1e0f9a03",
           *         "status": "created",
           *         "userId": "68f1c0de5a4b3c2d1e0f9a05",
           *         "expiresAt": "2026-01-01T12:15:00.000Z",
           *         "version": 0,
           *         "fee": 133,
           *         "ticket": {
           *           "id": "68f1c0de5a4b3c2d1e0f9a02",
           *           "title": "A concert in the park",
           *           "price": 20.5,
           *           "version": 0
           *         },
           *         "createdAt": "2026-01-01T12:00:00.000Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Order'][];
        };
      };
      401: components['responses']['Unauthorized'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  createOrder: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OrderInput'];
      };
    };
    responses: {
      /** @description The order, with the ticket */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description The body is not valid, or the ticket is reserved, sold, withdrawn or the buyer's own */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Ticket is already reserved"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      /** @description The price is not the one that the buyer saw */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The price is now 25.00",
           *           "field": "ticketVersion"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  showOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a03
         */
        orderId: components['parameters']['OrderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  cancelOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a03
         */
        orderId: components['parameters']['OrderId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order is cancelled */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The order is complete */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The order is complete and cannot change"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  refundOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order's id; one that cannot be an id is 404, as an unknown one is
         * @example 68f1c0de5a4b3c2d1e0f9a03
         */
        orderId: components['parameters']['OrderId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefundInput'];
      };
    };
    responses: {
      /** @description The order is cancelled; the refund is on its way */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The body is not valid, the order was never complete, or the time to refund it is over */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The time to refund this order is over"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  listPayouts: {
    parameters: {
      query?: {
        /**
         * @description The greatest number of sales in a page
         * @example 50
         */
        limit?: number;
        /** @description Where the page begins; opaque, from the `Link` header of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The totals, and a page of sales */
      200: {
        headers: {
          Link: components['headers']['Link'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payouts'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  listPayments: {
    parameters: {
      query: {
        /** @example 68f1c0de5a4b3c2d1e0f9a03 */
        orderId: components['schemas']['Id'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The charges, with what was refunded */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example [
           *       {
           *         "id": "68f1c0de5a4b3c2d1e0f9a04",
           *         "orderId": "68f1c0de5a4b3c2d1e0f9a03",
           *         "amount": 2050,
           *         "currency": "usd",
           *         "status": "succeeded",
           *         "stripeId": "ch_3f2a9c1b7d5e4a6b8c0d1e2f",
           *         "createdAt": "2026-01-01T12:01:00.000Z"
           *       }
           *     ]
           */
          'application/json': components['schemas']['Payment'][];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  pay: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PaymentInput'];
      };
    };
    responses: {
      /** @description The card is charged; the order completes */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "68f1c0de5a4b3c2d1e0f9a04"
           *     }
           */
          'application/json': {
            id: components['schemas']['Id'];
          };
        };
      };
      /** @description The body is not valid, or the order is cancelled, expired or paid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Cannot pay for a cancelled order"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      /** @description The card was declined; another can be tried while `attemptsLeft` says so, else the order is cancelled */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Your card was declined."
           *         }
           *       ],
           *       "attemptsLeft": 2
           *     }
           */
          'application/json': components['schemas']['Declined'];
        };
      };
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      /** @description The outcome is not known yet; the order will show it, and must not be paid again */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "The payment is still being processed: please do not pay again, this order will show the outcome"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      '5XX': components['responses']['Unexpected'];
    };
  };
  openIntent: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PaymentIntentInput'];
      };
    };
    responses: {
      /** @description The order's intent */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentIntent'];
        };
      };
      /** @description The body is not valid, or the order is cancelled, expired, paid or being paid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Cannot pay for a cancelled order"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ErrorBody'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  refreshIntent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The payment's id, as `POST /api/payments/intents` gives it
         * @example 68f1c0de5a4b3c2d1e0f9a04
         */
        id: components['schemas']['Id'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The payment */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "68f1c0de5a4b3c2d1e0f9a04",
           *       "orderId": "68f1c0de5a4b3c2d1e0f9a03",
           *       "amount": 2050,
           *       "currency": "usd",
           *       "status": "succeeded",
           *       "stripeId": "ch_3f2a9c1b7d5e4a6b8c0d1e2f",
           *       "createdAt": "2026-01-01T12:01:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Payment'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  stripeWebhook: {
    parameters: {
      query?: never;
      header: {
        /** @example t=1767268800,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd */
        'Stripe-Signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "id": "evt_3f2a9c1b7d5e4a6b8c0d1e2f",
         *       "object": "event",
         *       "type": "payment_intent.succeeded"
         *     }
         */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description The event is stored */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "received": true
           *     }
           */
          'application/json': {
            /** @constant */
            received: true;
          };
        };
      };
      400: components['responses']['BadRequest'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      '5XX': components['responses']['Unexpected'];
    };
  };
  liveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does, whatever its database and bus do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok"
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'ok';
          };
        };
      };
    };
  };
  readiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its database and the event bus are there */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ready",
           *       "outbox": 0
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'ready';
            outbox?: components['schemas']['OutboxDepth'];
            otherBus?: components['schemas']['OtherBus'];
            needsAttention?: components['schemas']['NeedsAttention'];
          };
        };
      };
      /** @description Something is missing, or the service is stopping */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "errors": [
           *         {
           *           "message": "Not ready: mongodb, nats"
           *         }
           *       ],
           *       "outbox": 120
           *     }
           */
          'application/json': {
            errors: components['schemas']['ErrorBody']['errors'];
            outbox?: components['schemas']['OutboxDepth'];
            otherBus?: components['schemas']['OtherBus'];
            needsAttention?: components['schemas']['NeedsAttention'];
          };
        };
      };
    };
  };
}

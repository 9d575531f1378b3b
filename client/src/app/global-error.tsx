'use client';

import '@/shared/ui/theme.css';

/** Stands in for the whole page, its layout included: nothing of the shop can be relied on here. */
const GlobalError = () => (
  <html lang="en">
    <head>
      <title>Something went wrong · Ticketing</title>
    </head>
    <body>
      <main className="container py-5 text-center">
        <h1>Something went wrong</h1>
        <p>This page failed to load. Your orders and tickets are safe.</p>
        <p>
          <a className="btn btn-primary" href="">
            Try again
          </a>
        </p>
        <p>
          <a href="/">Go to the home page</a>
        </p>
      </main>
    </body>
  </html>
);

export default GlobalError;

'use client';

/** Stands in for the whole page, its layout included: nothing of the shop can be relied on here. */
const GlobalError = () => (
  <html lang="en">
    <head>
      <title>Something went wrong · Ticketing</title>
    </head>
    <body>
      <main>
        <h1>Something went wrong</h1>
        <p>This page failed to load. Your orders and tickets are safe.</p>
        <p>
          <a href="">Try again</a> or <a href="/">go to the home page</a>.
        </p>
      </main>
    </body>
  </html>
);

export default GlobalError;

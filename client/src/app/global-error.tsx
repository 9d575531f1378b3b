'use client';

/** Stands in for the whole page, its layout included: nothing of the shop can be relied on here. */
const GlobalError = () => (
  <html lang="en">
    <head>
      <title>Something broke · Ticketing</title>
    </head>
    <body>
      <main>
        <h1>That was our fault</h1>
        <p>Something broke. Nothing you bought or listed is lost.</p>
        <p>
          <a href="">Try again</a> or <a href="/">start over</a>.
        </p>
      </main>
    </body>
  </html>
);

export default GlobalError;

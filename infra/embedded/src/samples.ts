/** Made-up users; all have the same password. */
export const PASSWORD = 'row-c-seat-eleven';

interface Sample {
  email: string;
  tickets: { title: string; price: number }[];
}

export const SELLERS: Sample[] = [
  {
    email: 'ada@example.com',
    tickets: [
      { title: 'Sunday matinee: string quartet, row C', price: 24.5 },
      { title: 'Jazz at the harbour, standing', price: 18 },
      { title: 'Choir festival, day pass', price: 42 },
    ],
  },
  {
    email: 'bela@example.com',
    tickets: [
      { title: 'Cup semi-final, north stand', price: 65 },
      { title: 'League match, family block', price: 31.25 },
      { title: 'Marathon finish, grandstand', price: 12 },
    ],
  },
  {
    email: 'chidi@example.com',
    tickets: [
      { title: 'Open-air cinema, blanket for two', price: 15.9 },
      { title: 'Comedy night, front table', price: 27 },
      { title: 'Ballet premiere, balcony', price: 79.99 },
    ],
  },
  {
    email: 'dana@example.com',
    tickets: [
      { title: 'Rock in the quarry, early entry', price: 88 },
      { title: 'Science slam, student seat', price: 9.5 },
      { title: 'Ice hockey derby, row 12', price: 36 },
    ],
  },
];

/** A user without tickets of their own, to buy with. */
export const BUYER = 'buyer@example.com';

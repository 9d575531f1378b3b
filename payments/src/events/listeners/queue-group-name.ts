/** All processes of this service share its messages, and its place among them. */
export const queueGroupName = 'payments-service';

/** All processes of this service share its messages and its position in each subject. */
export const queueGroupName = 'tickets-service';

import { newId, publishedBy } from '@ticketing/common/testing';
import { natsWrapper } from '../nats-wrapper';

export { newId };

/** What has been published, in order. */
export const published = () => publishedBy(natsWrapper.client);

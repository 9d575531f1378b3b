import { mockNatsWrapper } from '@ticketing/common/testing';

export const natsWrapper = mockNatsWrapper();

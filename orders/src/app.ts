import { createApp } from '@ticketing/common';
import { deleteOrderRouter } from './routes/delete';
import { indexOrderRouter } from './routes/index';
import { newOrderRouter } from './routes/new';
import { showOrderRouter } from './routes/show';

export const app = createApp([newOrderRouter, indexOrderRouter, showOrderRouter, deleteOrderRouter]);

import { run } from '@ticketing/common';
import { service } from './app';

void run(service);

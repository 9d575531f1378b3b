import { startGateway } from '@ticketing/embedded';

void startGateway({ port: Number(process.env.PORT), targets: { 'auth-srv': process.env.UPSTREAM } });

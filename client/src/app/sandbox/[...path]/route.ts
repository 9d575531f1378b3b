export { passToSandbox as GET, passToSandbox as POST } from '@/features/order/payment/sandbox-server';

import useMongod from './mongod';
import useStripeMock from './stripe-mock';

/** Jest's globalSetup of a workspace whose suites need MongoDB and stripe-mock. */
const useMongodAndStripeMock = async (): Promise<void> => {
  await useMongod();
  await useStripeMock();
};

export default useMongodAndStripeMock;

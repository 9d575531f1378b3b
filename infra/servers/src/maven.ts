import { run } from './run';

const MINUTE_MS = 60_000;

/**
 * Runs goals of Maven's own plugins, such as `jar-plugin:3.4.2:jar`. Maven verifies what it downloads against the
 * repository's checksums; -C makes a mismatch an error.
 */
export const maven = (
  cwd: string,
  goals: string[],
  properties: Record<string, string>,
  update: (text: string) => void,
): Promise<string> =>
  run(
    'mvn',
    [
      ...['-B', '-C'],
      ...Object.entries(properties).map(([name, value]) => `-D${name}=${value}`),
      ...goals.map((goal) => `org.apache.maven.plugins:maven-${goal}`),
    ],
    { cwd, timeoutMs: 10 * MINUTE_MS, onLine: update },
  );

// Here and not in the configuration: of several projects that run together, Jest ignores the `testTimeout` of each.
jest.setTimeout(120_000);

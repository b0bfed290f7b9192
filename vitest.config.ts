import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A busy machine takes its time; what is waited for is no less sure.
    expect: { poll: { timeout: 15_000 } },
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/template.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});

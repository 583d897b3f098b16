export * from './decimal.ts';
export * from './domain-errors.ts';
export * from './errors.ts';
export * from './known.ts';
export * from './money.ts';

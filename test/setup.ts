import fc from "fast-check";

// The same examples in every run, so that a red run is about the change in it. Looking further is the fuzzer's job, and
// FAST_CHECK_SEED's.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_121) });

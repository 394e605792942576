"""The project's own benchmarks: set-up, run and verification apart; ratios of one interleaved run."""

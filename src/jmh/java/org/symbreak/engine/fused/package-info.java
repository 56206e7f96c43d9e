/** JMH benchmarks of the fused engine's kernels: {@code scripts/benchmark kernels}. */
package org.symbreak.engine.fused;

/** What {@code scripts/benchmark} runs in a JVM: the engines on the grid, on orders that come in through standard input. */
package org.symbreak.benchmark;

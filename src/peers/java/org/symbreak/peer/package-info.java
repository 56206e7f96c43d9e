/** Other libraries' training loops for Java, on the orders of {@code EngineWorker}, for {@code scripts/benchmark}. */
package org.symbreak.peer;

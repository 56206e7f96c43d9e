/** What {@code scripts/scoring-speed} runs: scoring rows in Java, beside other libraries. */
package org.symbreak.formats;

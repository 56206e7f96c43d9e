/**
 * Dense layers one behind the other in plain arrays, whatever file they come from: what they are
 * made of, what they compute, and where in a graph such chains are. Knows no library's types.
 */
package org.symbreak.stack;

/**
 * Looking at a stack of dense layers from whatever file it came: which units are equal, opposite,
 * dead or constant, with the proof; merging such units and splitting them.
 */
package org.symbreak.inspect;

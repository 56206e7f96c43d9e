/**
 * Files that nobody vouches for: saved networks are read through one guarded door, which checks
 * every entry before anything of it is used, and files are written through one atomic door. Knows
 * Deeplearning4j's formats and class names, and nothing of runs or data.
 */
package org.symbreak.guard;

/** What pictures need of a run: frames at chosen iterations, planes, histograms. */
package org.symbreak.film;

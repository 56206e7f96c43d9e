/** Results become a page: one self-contained HTML file from a run's or a sweep's files. */
package org.symbreak.report;

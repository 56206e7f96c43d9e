/**
 * A page that is alive: the local server, its control, event stream and security.
 *
 * <p>Entry point: {@link org.symbreak.serve.LiveServer}. Imports {@code report} for what pages
 * share, {@code experiment}, {@code training}, {@code data}.
 */
package org.symbreak.serve;

/** A page that is alive: the local server, its control, event stream and security. */
package org.symbreak.serve;

/**
 * Words become calls: one picocli command a class that parses, calls, prints and returns an exit
 * code.
 */
package org.symbreak.cli;

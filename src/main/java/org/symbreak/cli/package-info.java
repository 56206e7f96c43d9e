/**
 * Words become calls: one picocli command a class that parses, calls, prints and returns an exit
 * code.
 *
 * <p>Entry point: {@link org.symbreak.cli.Symbreak}. Options that describe a run are made from the
 * table {@link org.symbreak.setting.Settings} by {@code SettingOptions}; {@code Console} is where
 * words come out. May import every other package of Symbreak, but no type of Deeplearning4j, ND4J
 * or DataVec.
 */
package org.symbreak.cli;
